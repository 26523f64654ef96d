import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { conditionLists } from '../parse/condition-lists.js';

/** The conditions that a project's tools set besides those of Node or of browsers, as its files show. */
export interface ConsumerConditions {
  /** For the code that runs. */
  readonly runtime: readonly string[];
  /** A runtime that sets neither Node's conditions nor those of browsers. */
  readonly neutral?: true;
  /** The runtime sets the conditions of browsers too. */
  readonly browser?: true;
  /** Whether the tools are certain to set them. */
  readonly certain: boolean;
}

const CONFIG =
  /^(?:vite|vitest|webpack|rspack|rsbuild|esbuild|rolldown|rollup|tsup|tsdown)\.config\.[cm]?[jt]s$/;
const RUNNING_SCRIPT = /^(?:start|serve|prod|production)(?::|$)/;

/**
 * Reads the conditions of a project: React Native (Metro), Cloudflare's workers, Electron, Bun, Deno, Node's option `--conditions`, and lists
 * in the configurations and commands of bundlers.
 */
export function consumerConditionsOf(disk: Disk, pkg: WorkspacePackage): ConsumerConditions | undefined {
  const names = disk.filesIn(pkg.root);
  const json = (pkg.source ?? pkg.published)?.json;
  const installed = { ...json?.devDependencies, ...json?.dependencies };
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (
    has(/^metro\.config\.[cm]?[jt]s$/) ||
    (has(/^app\.(?:json|config\.[cm]?[jt]s)$/) && 'expo' in installed)
  )
    return { runtime: ['react-native'], neutral: true, certain: true };
  if (has(/^wrangler\.(?:toml|jsonc?)$/))
    return { runtime: ['workerd', 'worker'], browser: true, certain: true };
  const scripts = Object.entries(json?.scripts ?? {}).flatMap(([name, script]) =>
    RUNNING_SCRIPT.test(name) ? script : [],
  );
  const found = new Set([
    ...scripts.flatMap(fromCommand),
    ...names
      .filter((name) => CONFIG.test(name))
      .flatMap((name) => listedIn(name, disk.readText(joinPath(pkg.root, name)) ?? '')),
    ...Object.values(json?.scripts ?? {}).flatMap(fromBundler),
  ]);
  if (found.size > 0) return { runtime: [...found].sort(), certain: true };
  if ('electron' in installed && json?.main !== undefined) return { runtime: ['electron'], certain: false };
  return undefined;
}

/** `node --conditions=x -C y`, also in `NODE_OPTIONS`; Bun and Deno set a condition of their own. */
function fromCommand(command: string): readonly string[] {
  const parts = command.split(/&&|\|\||[|;]/).filter((part) => /\b(?:node|tsx|NODE_OPTIONS)\b/.test(part));
  const options = parts.flatMap((part) => [
    ...part.matchAll(/[\s"'=](?:--conditions[= ]|-C[= ]?)\s*([\w@/.-]+)/g),
  ]);
  const own = /(?:^|[&|;]\s*)(bun|deno)\s/.exec(command)?.[1];
  return [...options.map(([, condition]) => condition!), ...(own === undefined ? [] : [own])];
}

/** `esbuild --conditions=x,y` */
function fromBundler(command: string): readonly string[] {
  const parts = command.split(/&&|\|\||[|;]/).filter((part) => /(?:^|\s)esbuild\s/.test(part));
  return parts
    .flatMap((part) => [...part.matchAll(/\s--conditions=([\w@/.,-]+)/g)])
    .flatMap(([, list]) => list!.split(','))
    .filter(isSpecial);
}

/**
 * `resolve.conditions` of Vite, `conditionNames` of webpack, `conditions` of esbuild. Without a list the configuration is not parsed.
 */
function listedIn(name: string, config: string): readonly string[] {
  if (!/\b(?:conditions|conditionNames|exportConditions|externalConditions)\b/.test(config)) return [];
  return conditionLists(config, name.slice(name.lastIndexOf('.') + 1)).filter(isSpecial);
}

function isSpecial(condition: string): boolean {
  return /^[\w@/.-]*\w$/.test(condition) && !STANDARD.has(condition);
}

/** Set anyway, or not for every kind of import. */
const STANDARD: ReadonlySet<string> = new Set([
  'import',
  'require',
  'default',
  'node',
  'browser',
  'module',
  'module-sync',
  'development',
  'production',
  'development|production',
  'types',
]);
