import type { ProjectGraphProjectNode } from '@nx/devkit';

/** Tells what is at a path relative to the workspace root. */
export type KindOf = (path: string) => 'file' | 'directory' | undefined;

/** Where Nx assumes the outputs of a target called `build` that lists none. */
const ASSUMED = (root: string) => [`dist/${root}`, `${root}/dist`, `${root}/build`, `${root}/public`];

/**
 * The folders that a target writes, relative to the workspace root.
 *
 * @param interpolated what the task graph says, where the target takes part in the run
 * @returns undefined where the project has no such target; patterns are cut to the folder that they start from, and dropped
 * where that is the project's own folder, which holds the sources too
 */
export function targetOutputs(
  node: ProjectGraphProjectNode,
  targetName: string,
  given: { readonly interpolated?: readonly string[] | undefined; readonly kindOf: KindOf },
): readonly string[] | undefined {
  const target = node.data.targets?.[targetName];
  if (!target) return undefined;
  const { root } = node.data;
  const stated = target.outputs ? outputsOf(node, target.outputs, target.options) : undefined;
  const outputPath: unknown = target.options?.outputPath;
  const conventional =
    typeof outputPath === 'string' ? [outputPath] : ASSUMED(root).filter((path) => given.kindOf(path));
  // An assumed folder that is not there is no output: the manifest tells better where the build should have written.
  const outputs = stated ? (given.interpolated ?? stated) : conventional;
  const folders = outputs.flatMap((output) => folderOf(output) ?? []);
  return [...new Set(folders)].filter(
    (folder) => folder !== '.' && folder !== root && given.kindOf(folder) !== 'file',
  );
}

function outputsOf(
  node: ProjectGraphProjectNode,
  outputs: readonly string[],
  options: unknown,
): readonly string[] {
  return outputs.flatMap((output) => {
    const path = output.replace(/\{([^{}]+)\}\/?/g, (token, name: string) => {
      const value = valueOf(node, options, name.trim());
      if (value === undefined) return token;
      return value === '' || !token.endsWith('/') ? value : `${value}/`;
    });
    return path.includes('{') && /\{(?:projectRoot|workspaceRoot|options[^}]*)\}/.test(path) ? [] : [path];
  });
}

/** Nx's tokens; undefined for one without a value, which makes Nx drop the output. */
function valueOf(node: ProjectGraphProjectNode, options: unknown, token: string): string | undefined {
  if (token === 'projectRoot') return node.data.root;
  if (token === 'workspaceRoot') return '';
  if (token === 'projectName') return node.name;
  const path = /^options\.(.+)$/.exec(token)?.[1]?.split('.');
  let value: unknown = path ? options : undefined;
  for (const key of path ?? []) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** `a/dist` of `a/dist/**`; undefined for an exclusion. */
function folderOf(output: string): string | undefined {
  if (output.startsWith('!')) return undefined;
  const segments = output.split('/').filter((segment) => segment !== '' && segment !== '.');
  const magic = segments.findIndex((segment) => /[*?{}()[\]!]/.test(segment));
  return (magic < 0 ? segments : segments.slice(0, magic)).join('/') || '.';
}
