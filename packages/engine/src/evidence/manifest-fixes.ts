import { modify } from 'jsonc-parser';
import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Edit } from '../model/report.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../rules/define-rule.js';

/**
 * Declares a workspace package as a dependency, in the way the workspace writes such ranges already: the protocol or range
 * of a sibling's entry for the same package, or for another one of the workspace.
 *
 * @param fallback the range where there is no such entry; `*` is what npm links to the workspace
 */
export function dependencyFix(
  dependent: WorkspacePackage,
  provider: WorkspacePackage,
  packages: readonly WorkspacePackage[],
  fallback = '*',
): FixIdea | undefined {
  if (!dependent.source || provider.name === undefined) return undefined;
  const range = usualRange(provider, packages) ?? fallback;
  return {
    title: `add "${provider.name}": "${range}" to the dependencies in ${dependent.source.file}`,
    edits: edit(dependent.source, ['dependencies', provider.name], range),
  };
}

/** Lets a range allow the workspace's version, in the way it was written: protocol and operator stay; `^` for what is neither. */
export function rangeFix(
  dependent: WorkspacePackage,
  { field, name, range, version }: UnsatisfiedRange,
): FixIdea | undefined {
  if (!dependent.source) return undefined;
  const [, protocol = '', operator = '', bare] = /^(workspace:)?(?:([~^])|(v?\d+\.\d+\.\d+))?/.exec(range)!;
  const wanted =
    version === undefined ? `${protocol}*` : `${protocol}${bare ? '' : operator || '^'}${version}`;
  return {
    title: `write "${name}": "${wanted}" in ${dependent.source.file}`,
    edits: edit(dependent.source, [field, name], wanted),
  };
}

function usualRange(provider: WorkspacePackage, packages: readonly WorkspacePackage[]): string | undefined {
  const names = new Set(packages.map(({ name }) => name));
  const all = packages.flatMap(({ source }) =>
    Object.entries({ ...source?.json.dependencies, ...source?.json.devDependencies }),
  );
  // An entry for the very package can be taken as it is, unless it is a path, which leads elsewhere from another folder.
  const same = all.find(
    ([name, range]) => name === provider.name && /^(workspace:[*~^]?$|catalog:)/.test(range),
  );
  if (same) return same[1];
  const version = provider.source?.json.version;
  for (const [name, range] of all) {
    if (!names.has(name)) continue;
    if (range === '*' || /^workspace:[*~^]?$/.test(range)) return range;
    const [, protocol = '', operator] = /^(workspace:)?([~^]?)\d/.exec(range) ?? [];
    if (operator !== undefined && version) return `${protocol}${operator}${version}`;
  }
  return undefined;
}

/** The edit that sets a value in a manifest, in the manifest's own indentation. */
export function edit(
  manifest: Manifest,
  path: readonly (string | number)[],
  value: unknown,
): readonly Edit[] {
  const indent = /^([ \t]+)"/m.exec(manifest.text)?.[1] ?? '  ';
  const formattingOptions = indent.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1, eol: '\n' }
    : { insertSpaces: true, tabSize: indent.length, eol: '\n' };
  return modify(manifest.text, [...path], value, { formattingOptions }).map(
    ({ offset, length, content }) => ({
      file: manifest.file,
      start: offset,
      end: offset + length,
      text: content,
    }),
  );
}
