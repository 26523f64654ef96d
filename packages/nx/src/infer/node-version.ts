import { isRecord } from './member-manifest';

/** With the options `load` and `probe` the result depends on the Node that runs the task. */
export const NODE_VERSION = { runtime: 'node --version' } as const;

/** Whether options make the check load the build output. */
export function loadsOutput(options: Readonly<Record<string, unknown>>): boolean {
  const { load, probe } = options;
  return (load ?? false) !== false || (probe ?? undefined) !== undefined;
}

/** Whether an input adds the version of Node to the cache key, in whatever way the command prints it. */
export function isNodeVersion(input: unknown): boolean {
  if (!isRecord(input) || typeof input['runtime'] !== 'string') return false;
  return /\bnode(?:\.exe)?\b.*(?:--version|\s-v\b|process\.version)/.test(input['runtime']);
}
