import { foldersAbove } from './folders-above';
import { isRecord } from './member-manifest';

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
