import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import { setProperty } from './set-property.js';

/**
 * Changes a range so that it allows the workspace's version. Protocol and operator stay; the
 * default operator is `^`.
 */
export function rangeFix(
  { source }: WorkspacePackage,
  { field, name, range, version, others }: UnsatisfiedRange,
): FixIdea | undefined {
  if (!source) return undefined;
  const wanted = [{ field, range }, ...others].map((one) => ({
    field: one.field,
    range: wantedRange(one.range, version),
  }));
  const ranges = [...new Set(wanted.map((one) => one.range))];
  const where = others.length > 0 ? `${listOf(wanted.map((one) => one.field))} of ` : '';
  return {
    title: `change the range to ${listOf(ranges.map((one) => `"${name}": "${one}"`))} in ${where}${source.file}`,
    edits: wanted.flatMap((one) => setProperty(source, [one.field, name], one.range)),
  };
}

function wantedRange(range: string, version: string | undefined): string {
  const [, protocol = '', operator = '', bare] = /^(workspace:)?(?:([~^])|(v?\d+\.\d+\.\d+))?/.exec(range)!;
  return version === undefined ? `${protocol}*` : `${protocol}${bare ? '' : operator || '^'}${version}`;
}

function listOf(words: readonly string[]): string {
  return words.join(' and ');
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
