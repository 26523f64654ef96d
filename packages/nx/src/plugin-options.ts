/** The options of the plugin, which `plugins` in nx.json sets. */
export interface PluginOptions {
  /** The name of the inferred target. Default `verify-exports`. */
  readonly targetName?: string;
  /** The name of the inferred target that watches. Default `<targetName>:watch`. `""` or false turns it off. */
  readonly watchTargetName?: string | false;
  /** The target that builds a package. Default `build`. */
  readonly buildTarget?: string;
  /** Also check what declared dependents import. Their sources become inputs of the target. Default true. */
  readonly dependents?: boolean;
}

/** The options with their defaults. `watchTargetName` is empty if there is no such target. */
export type ResolvedPluginOptions = Required<PluginOptions> & { readonly watchTargetName: string };

const TYPES = {
  targetName: 'string',
  watchTargetName: 'string',
  buildTarget: 'string',
  dependents: 'boolean',
} as const;

/**
 * Checks the plugin's options and fills in the defaults.
 *
 * @throws Error that names nx.json, the option and the allowed values
 */
export function resolvePluginOptions(raw: unknown): ResolvedPluginOptions {
  const given = raw ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw wrong(`The options of the plugin must be an object, but are ${JSON.stringify(raw)}.`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || (name === 'watchTargetName' && (value === false || value === ''))) continue;
    const type = Object.hasOwn(TYPES, name) ? TYPES[name as keyof typeof TYPES] : undefined;
    if (!type)
      throw wrong(
        `"${name}" is not an option of the plugin. Known options: ${Object.keys(TYPES).join(', ')}.`,
      );
    if (typeof value !== type || value === '') {
      throw wrong(`The plugin's option "${name}" must be a ${type}, but is ${JSON.stringify(value)}.`);
    }
  }
  const { targetName = 'verify-exports', ...others } = given as PluginOptions;
  const { watchTargetName = `${targetName}:watch`, buildTarget = 'build', dependents = true } = others;
  return { targetName, watchTargetName: watchTargetName || '', buildTarget, dependents };
}

function wrong(message: string): Error {
  return new Error(`nx.json, plugin "@verify-exports/nx": ${message}`);
}
