import { modify } from 'jsonc-parser';
import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Edit } from '../model/report.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../rules/define-rule.js';

/**
 * Declares a workspace package as a dependency, in the way the workspace writes such ranges already: the protocol or range
 * of a sibling's entry for a workspace package, else `*`, which npm links to the workspace.
 */
export function dependencyFix(
  dependent: WorkspacePackage,
  provider: WorkspacePackage,
  packages: readonly WorkspacePackage[],
): FixIdea | undefined {
  if (!dependent.source || provider.name === undefined) return undefined;
  const range = usualRange(provider, packages);
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

function usualRange(provider: WorkspacePackage, packages: readonly WorkspacePackage[]): string {
  const names = new Set(packages.map(({ name }) => name));
  for (const { source } of packages) {
    const entries = Object.entries({ ...source?.json.dependencies, ...source?.json.devDependencies });
    const sibling = entries.find(
      ([name, range]) => names.has(name) && /^(workspace:|file:|link:|\*|[~^]?\d)/.test(range),
    );
    if (!sibling) continue;
    const [, range] = sibling;
    if (range === '*' || /^workspace:[*~^]?$/.test(range)) return range;
    const version = provider.source?.json.version;
    if (/^[~^]?\d/.test(range) && version) return `${/^[~^]/.exec(range)?.[0] ?? ''}${version}`;
  }
  return '*';
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
