import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';

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
 * in the configurations of bundlers. Lists that code creates are not seen.
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
      .flatMap((name) => listedIn(disk.readText(joinPath(pkg.root, name)) ?? '')),
  ]);
  if (found.size > 0) return { runtime: [...found].sort(), certain: true };
  if ('electron' in installed && json?.main !== undefined) return { runtime: ['electron'], certain: false };
  return undefined;
}

/** `node --conditions=x`, `node -C x`; Bun and Deno set a condition of their own. */
function fromCommand(command: string): readonly string[] {
  const options = command.matchAll(/\bnode\b[^&|;]*?\s(?:--conditions[= ]|-C[= ]?)\s*([\w@/.-]+)/g);
  const own = /(?:^|[&|;]\s*)(bun|deno)\s/.exec(command)?.[1];
  return [...[...options].map(([, condition]) => condition!), ...(own === undefined ? [] : [own])];
}

/** `resolve.conditions` of Vite, `conditionNames` of webpack, `conditions` of esbuild, if the list is written out. */
function listedIn(config: string): readonly string[] {
  const code = config.replace(/^\s*(?:\/\/|\*).*$/gm, '');
  const lists = [...code.matchAll(/\b(?:conditions|conditionNames)\s*:\s*\[([^\]]*)\]/g)];
  return lists
    .flatMap(([, list]) => [...list!.matchAll(/(['"`])([\w@/.-]+)\1/g)].map(([, , condition]) => condition!))
    .filter((condition) => !STANDARD.has(condition));
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
