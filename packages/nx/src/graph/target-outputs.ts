import type { ProjectGraphProjectNode } from '@nx/devkit';

/** Says whether a path, relative to the workspace root, is a file or a folder. */
export type KindOf = (path: string) => 'file' | 'directory' | undefined;

/** The outputs that Nx assumes for a target named `build` without `outputs`. */
const ASSUMED = (root: string) => [`dist/${root}`, `${root}/dist`, `${root}/build`, `${root}/public`];

/**
 * The folders that a target writes, relative to the workspace root.
 *
 * @param interpolated the outputs in the task graph, if the target is part of the run
 * @returns undefined if the project has no such target. Patterns are reduced to their first folder
 * without wildcards, and left out if that is the project's own folder, which also contains the
 * sources.
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
  // An assumed folder that does not exist is no output: the manifest says better what the build
  // should write.
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

/** The value of a token of Nx; undefined if it has none, because Nx then ignores the output. */
function valueOf(node: ProjectGraphProjectNode, options: unknown, token: string): string | undefined {
  if (token === 'projectRoot') return node.data.root;
  if (token === 'workspaceRoot') return '';
  if (token === 'projectName') return node.name;
  const path = /^options\.(.+)$/.exec(token)?.[1]?.split('.');
  let value: unknown = path ? options : undefined;
  for (const key of path ?? []) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** `a/dist` for `a/dist/**`; undefined for an exclusion. */
function folderOf(output: string): string | undefined {
  if (output.startsWith('!')) return undefined;
  const segments = output.split('/').filter((segment) => segment !== '' && segment !== '.');
  const magic = segments.findIndex((segment) => /[*?{}()[\]!]/.test(segment));
  return (magic < 0 ? segments : segments.slice(0, magic)).join('/') || '.';
}
