import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ruleNamed } from '../rules/registry.js';

/** The URL of a rule's page in this installed package; undefined if the file does not exist. */
export function rulePage(rule: string): string | undefined {
  const docs = ruleNamed(rule)?.docs;
  if (docs === undefined) return undefined;
  // From dist/index.js as published, and from src/report in tests.
  const candidates = [`../src/rules/${docs}`, `../rules/${docs}`];
  const found = candidates
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  return found === undefined ? undefined : pathToFileURL(found).href;
}
