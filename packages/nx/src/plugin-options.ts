import type { OptionSchema } from './engine';
import { isRecord } from './infer/member-manifest';
import { PLUGIN_SCHEMA } from './options/schemas';
import type { PluginOptions } from './options/types';

export type { PluginOptions } from './options/types';

/** The options with their defaults; `watchTargetName` is empty if there is no such target. */
export type ResolvedPluginOptions = Required<PluginOptions> & {
  readonly watchTargetName: string;
  readonly buildTarget: readonly string[];
};

const SCHEMAS: Readonly<Record<string, OptionSchema>> = PLUGIN_SCHEMA.properties;

/**
 * Fills in the defaults, also for an option that is wrong. Nx ends every command if a plugin
 * throws, so the tasks report wrong options (see `pluginOptionFaults`). It reads the schema itself:
 * Nx calls it for every command, and most commands need nothing else of the engine.
 */
export function resolvePluginOptions(raw: unknown): ResolvedPluginOptions {
  const given = isRecord(raw) ? raw : {};
  const right = Object.entries(given).filter((option) => faultOf(option) === undefined);
  const options = Object.fromEntries(right) as PluginOptions;
  const { targetName: name, buildTarget, dependents } = PLUGIN_SCHEMA.properties;
  const targetName = options.targetName ?? name.default;
  return {
    targetName,
    watchTargetName: (options.watchTargetName ?? `${targetName}:watch`) || '',
    buildTarget: targetList(options.buildTarget ?? buildTarget.default),
    dependents: options.dependents ?? dependents.default,
  };
}

/** The targets that an option names: one, or a list. */
export function targetList(stated: string | readonly string[]): readonly string[] {
  return typeof stated === 'string' ? [stated] : [...new Set(stated)];
}

/**
 * What is wrong with the options of the plugin in nx.json: the option, its value and what is
 * allowed.
 */
export function pluginOptionFaults(nxJson: { readonly plugins?: unknown } | undefined): readonly string[] {
  const plugins = Array.isArray(nxJson?.plugins) ? (nxJson.plugins as readonly unknown[]) : [];
  return plugins.flatMap((plugin) => {
    if (!isRecord(plugin) || plugin['plugin'] !== '@verify-exports/nx') return [];
    const options = plugin['options'] ?? {};
    if (!isRecord(options))
      return [`The options of the plugin must be an object, but are ${JSON.stringify(options)}.`];
    return Object.entries(options).flatMap((option) => faultOf(option) ?? []);
  });
}

function faultOf([name, value]: readonly [string, unknown]): string | undefined {
  if (value === undefined) return undefined;
  const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (!schema)
    return `"${name}" is not an option of the plugin. Known options: ${Object.keys(SCHEMAS).join(', ')}.`;
  if (fits(schema, value)) return undefined;
  return `The plugin's option "${name}" is ${JSON.stringify(value)}. ${hintOf(schema)}`;
}

function fits(schema: OptionSchema, value: unknown): boolean {
  const { type, enum: allowed, anyOf, minLength = 0, items } = schema;
  if (anyOf) return anyOf.some((each) => fits(each, value));
  if (type === 'array')
    return Array.isArray(value) && value.length > 0 && value.every((each) => !items || fits(items, each));
  if (allowed) return allowed.some((each) => each === value);
  return typeof value === type && (typeof value !== 'string' || value.length >= minLength);
}

function hintOf({ type, 'x-hint': hint }: OptionSchema): string {
  return hint ?? (type === 'boolean' ? 'Use true or false.' : 'Use a string that is not empty.');
}
