/** Conditions that Node, bundlers and runtimes set without configuration when they load code. */
const RUNTIME =
  'node import require module-sync node-addons default module browser development production worker deno bun workerd edge-light react-native react-server electron svelte style sass script solid'.split(
    ' ',
  );

const STANDARD: ReadonlySet<string> = new Set(RUNTIME);

/**
 * Whether consumers outside the workspace set all of these conditions. Targets under other
 * conditions (`@acme/source`) are used only inside the workspace, so it breaks nothing if the
 * output lacks them.
 */
export function areStandard(conditions: readonly string[]): boolean {
  return conditions.every((condition) => STANDARD.has(condition));
}

/** Conditions that a misspelt one in a manifest may have meant. */
export const KNOWN_CONDITIONS: readonly string[] = [...RUNTIME, 'types'];
