import type { OptionSchema } from './engine';
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
 * Checks the plugin's options and fills in the defaults. It reads the schema itself: Nx calls it for every command, and most
 * commands need nothing else of the engine.
 *
 * @throws Error that names nx.json, the option, its value and what is allowed
 */
export function resolvePluginOptions(raw: unknown): ResolvedPluginOptions {
  const given = raw ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw wrong(`The options of the plugin must be an object, but are ${JSON.stringify(raw)}.`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
    if (!schema)
      throw wrong(
        `"${name}" is not an option of the plugin. Known options: ${Object.keys(SCHEMAS).join(', ')}.`,
      );
    if (!fits(schema, value))
      throw wrong(`The plugin's option "${name}" is ${JSON.stringify(value)}. ${hintOf(schema)}`);
  }
  const { targetName: name, buildTarget, dependents } = PLUGIN_SCHEMA.properties;
  const options = given as PluginOptions;
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

function wrong(message: string): Error {
  return new Error(`nx.json, plugin "@verify-exports/nx": ${message}`);
}
