/** What `plugins` in nx.json may set for this plugin. */
export interface PluginOptions {
  /** The name of the inferred target. Default `verify-exports`. */
  readonly targetName?: string;
  /** The name of the inferred continuous target that watches. Default `<targetName>:watch`; `""` or false for none. */
  readonly watchTargetName?: string | false;
  /** The target that builds a package. Default `build`. */
  readonly buildTarget?: string;
  /** Judge also the demands of declared dependents; their sources are then inputs of the target. Default true. */
  readonly dependents?: boolean;
}

/** The options with their defaults filled in; `watchTargetName` is empty where there is to be no such target. */
export type ResolvedPluginOptions = Required<PluginOptions> & { readonly watchTargetName: string };

const TYPES = {
  targetName: 'string',
  watchTargetName: 'string',
  buildTarget: 'string',
  dependents: 'boolean',
} as const;

/**
 * Fills in the defaults, also for an option that is wrong. Nx ends every command if a plugin throws, so that is left to the
 * tasks; see `pluginOptionFaults`.
 */
export function resolvePluginOptions(raw: unknown): ResolvedPluginOptions {
  const given = isObject(raw) ? raw : {};
  const right = Object.fromEntries(Object.entries(given).filter((option) => faultOf(option) === undefined));
  const { targetName = 'verify-exports', ...others } = right as PluginOptions;
  const { watchTargetName = `${targetName}:watch`, buildTarget = 'build', dependents = true } = others;
  return { targetName, watchTargetName: watchTargetName || '', buildTarget, dependents };
}

/** What is wrong with the options of the plugin in nx.json; empty if nothing is. */
export function pluginOptionFaults(nxJson: { readonly plugins?: unknown } | undefined): readonly string[] {
  const plugins = Array.isArray(nxJson?.plugins) ? (nxJson.plugins as readonly unknown[]) : [];
  return plugins.flatMap((plugin) => {
    if (!isObject(plugin) || plugin['plugin'] !== '@verify-exports/nx') return [];
    const options = plugin['options'] ?? {};
    if (!isObject(options))
      return [`The options of the plugin must be an object, but are ${JSON.stringify(options)}.`];
    return Object.entries(options).flatMap((option) => faultOf(option) ?? []);
  });
}

function faultOf([name, value]: readonly [string, unknown]): string | undefined {
  if (value === undefined || (name === 'watchTargetName' && (value === false || value === '')))
    return undefined;
  const type = Object.hasOwn(TYPES, name) ? TYPES[name as keyof typeof TYPES] : undefined;
  if (!type)
    return `"${name}" is not an option of the plugin. Known options: ${Object.keys(TYPES).join(', ')}.`;
  const fits = typeof value === type && value !== '';
  return fits
    ? undefined
    : `The plugin's option "${name}" must be a ${type}, but is ${JSON.stringify(value)}.`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
