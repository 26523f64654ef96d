import { foldersAbove } from './folders-above';
import type { ManifestTexts } from './member-manifest';
import { isRecord, parseObject } from './member-manifest';

/** The names of Dockerfiles that the engine finds without an option. */
const DOCKERFILES = ['Dockerfile', 'Dockerfile.*', '*.Dockerfile', 'Containerfile', 'Containerfile.*'];

/** The ignore files of npm and git. npm also reads those in the folders above a package. */
const IGNORE_FILES = ['.npmignore', '.gitignore'];

/**
 * The files outside a project's folder that decide what ships: Dockerfiles and ignore files at the
 * workspace root, ignore files in the folders between, and the Dockerfiles that the target's
 * options name. Files inside the folder are inputs already, as sources or outputs.
 *
 * @param stated all values of the option `dockerfile` in the workspace
 */
export function shippingInputs(root: string, stated: readonly unknown[]): readonly string[] {
  const above = foldersAbove(root).flatMap((folder) => IGNORE_FILES.map((name) => within(folder, name)));
  const atRoot = ['.dockerignore', ...DOCKERFILES].map((name) => within('.', name));
  return [...new Set([...atRoot, ...above, ...stated.flatMap(filesOf)])];
}

/**
 * The values of the option `dockerfile` that may apply to a project's target. Nx decides which one
 * wins. As inputs, all of them are listed.
 *
 * @param names the keys under which nx.json may configure the target: its name and its executor
 */
export function statedDockerfiles(
  names: readonly string[],
  texts: ManifestTexts,
  nxJson: string | undefined,
): readonly unknown[] {
  const packageJson = parseObject(texts.packageJson ?? '{}');
  const projectJson = parseObject(texts.projectJson ?? '{}');
  const nx = isRecord(packageJson?.['nx']) ? packageJson['nx'] : undefined;
  const tables = [projectJson?.['targets'], nx?.['targets'], parseObject(nxJson ?? '{}')?.['targetDefaults']];
  return tables
    .flatMap((table) => (Array.isArray(table) ? table : names.map((name) => valueIn(table, name))))
    .flatMap(optionsIn);
}

function valueIn(table: unknown, name: string): unknown {
  return isRecord(table) ? table[name] : undefined;
}

/** The option in a target's own options and in those of its configurations. */
function optionsIn(target: unknown): readonly unknown[] {
  if (!isRecord(target)) return [];
  const { options, configurations } = target;
  const sets = [options, ...(isRecord(configurations) ? Object.values(configurations) : [])];
  return sets.flatMap((set) => (isRecord(set) && set['dockerfile'] !== undefined ? [set['dockerfile']] : []));
}

function filesOf(stated: unknown): readonly string[] {
  if (Array.isArray(stated)) return stated.flatMap(filesOf);
  const file = isRecord(stated) ? stated['file'] : stated;
  const context = isRecord(stated) ? stated['context'] : undefined;
  return [
    ...(typeof file === 'string' && file !== ''
      ? [within('.', file), within('.', `${file}.dockerignore`)]
      : []),
    ...(typeof context === 'string' && context !== '' ? [within(context, '.dockerignore')] : []),
  ];
}

/** A path as an input. A path that starts with a token such as {projectRoot} keeps it. */
function within(folder: string, name: string): string {
  const path = (folder === '.' ? name : `${folder}/${name}`).replace(/^\.\//, '').replaceAll('//', '/');
  return path.startsWith('{') ? path : `{workspaceRoot}/${path}`;
}
