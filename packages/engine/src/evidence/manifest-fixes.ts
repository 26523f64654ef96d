import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import { setProperty } from './set-property.js';

/**
 * Changes a range so that it allows the workspace's version. Protocol and operator stay; the
 * default operator is `^`.
 */
export function rangeFix(
  dependent: WorkspacePackage,
  { field, name, range, version }: UnsatisfiedRange,
): FixIdea | undefined {
  if (!dependent.source) return undefined;
  const [, protocol = '', operator = '', bare] = /^(workspace:)?(?:([~^])|(v?\d+\.\d+\.\d+))?/.exec(range)!;
  const wanted =
    version === undefined ? `${protocol}*` : `${protocol}${bare ? '' : operator || '^'}${version}`;
  return {
    title: `change the range to "${name}": "${wanted}" in ${dependent.source.file}`,
    edits: setProperty(dependent.source, [field, name], wanted),
  };
}

/**
 * Adds paths to `files`, after the existing ones.
 *
 * @param isSource whether a person writes the manifest; otherwise the fix has no edits
 */
export function filesFieldFix(manifest: Manifest, paths: readonly string[], isSource: boolean): FixIdea {
  const { files } = manifest.json as { readonly files?: unknown };
  const listed = Array.isArray(files) ? files : [];
  return {
    title: `add ${paths.map((path) => JSON.stringify(path)).join(', ')} to "files" in ${manifest.file}`,
    edits: isSource ? setProperty(manifest, ['files'], [...listed, ...paths]) : [],
  };
}
