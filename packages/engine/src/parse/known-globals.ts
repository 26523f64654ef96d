import { createRequire } from 'node:module';
import type Globals from 'globals';

/** Test runners define names such as `run` too, but no library exports those. */
const RUNTIMES = ['builtin', 'browser', 'worker', 'serviceworker', 'node', 'webextensions', 'amd'] as const;

let names: ReadonlySet<string> | undefined;

/** Whether any runtime defines a global variable of this name. */
export function isKnownGlobal(name: string): boolean {
  if (name in globalThis) return true;
  // Loaded only if a name is in question.
  names ??= new Set(RUNTIMES.flatMap((runtime) => Object.keys(loaded()[runtime])));
  return names.has(name);
}

function loaded(): typeof Globals {
  return createRequire(import.meta.url)('globals') as typeof Globals;
}
