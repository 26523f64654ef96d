/** Conditions that Node, bundlers and runtimes set by themselves when they load code. */
const RUNTIME =
  'node import require module-sync node-addons default module browser development production worker deno bun workerd edge-light react-native react-server electron svelte style sass script'.split(
    ' ',
  );

const STANDARD: ReadonlySet<string> = new Set(RUNTIME);

/**
 * Whether somebody outside the workspace asks by these conditions. A target under any other one is the workspace's own affair
 * (`@acme/source`): its absence from the output breaks nobody.
 */
export function isAskedFor(conditions: readonly string[]): boolean {
  return conditions.every((condition) => STANDARD.has(condition));
}

/** Conditions that a word in a manifest could have meant. */
export const KNOWN_CONDITIONS: readonly string[] = [...RUNTIME, 'types'];
