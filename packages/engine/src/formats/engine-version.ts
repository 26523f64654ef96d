import { readFileSync } from 'node:fs';

/** The version of this package, as its manifest says. */
export function engineVersion(): string {
  // From dist/ as published, and from src/formats/ in tests.
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const text = readFileSync(new URL(path, import.meta.url), 'utf8');
      const { name, version } = JSON.parse(text) as { readonly name?: string; readonly version?: string };
      if (name === '@verify-exports/engine' && version !== undefined) return version;
    } catch {
      // The other layout applies.
    }
  }
  return '0.0.0';
}
