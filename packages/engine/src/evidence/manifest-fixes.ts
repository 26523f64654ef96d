import { modify } from 'jsonc-parser';
import type { UnsatisfiedRange } from '../model/manifest-faults.js';
import type { Edit } from '../model/report.js';
import type { Manifest, Workspace, WorkspacePackage } from '../model/workspace.js';
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

/**
 * Declares a package from outside the workspace among the dependencies, with the range that the workspace uses for it: the
 * package's own for development, the root's, or another package's. Where nobody has one, or the manifest that lacks it is
 * written by the build alone, there is no edit.
 */
export function externalFix(pkg: WorkspacePackage, name: string, workspace: Workspace): FixIdea | undefined {
  const manifest = pkg.source;
  const sibling = workspace.packages.find(({ name: own }) => own === name);
  if (sibling) return dependencyFix(pkg, sibling, workspace.packages);
  const own = manifest?.json.devDependencies?.[name];
  const range =
    own ?? rangeOf(name, [workspace.rootManifest, ...workspace.packages.map(({ source }) => source)]);
  if (!manifest) return undefined;
  const declared = manifest.json.dependencies?.[name] !== undefined;
  if (declared)
    return {
      title: `let the build declare "${name}" in the manifest that it writes: ${manifest.file} does`,
      edits: [],
    };
  if (range === undefined)
    return { title: `add "${name}" to the dependencies in ${manifest.file}`, edits: [] };
  if (own === undefined) {
    return {
      title: `add "${name}": "${range}" to the dependencies in ${manifest.file}`,
      edits: edit(manifest, ['dependencies', name], range),
    };
  }
  return {
    title: `move "${name}": "${range}" from the devDependencies to the dependencies in ${manifest.file}`,
    edits: moved(manifest, name, range),
  };
}

function rangeOf(name: string, manifests: readonly (Manifest | undefined)[]): string | undefined {
  for (const manifest of manifests) {
    const { dependencies, peerDependencies, devDependencies, optionalDependencies } = manifest?.json ?? {};
    for (const field of [dependencies, devDependencies, peerDependencies, optionalDependencies]) {
      const range = field?.[name];
      if (typeof range === 'string') return range;
    }
  }
  return undefined;
}

/** One edit, so that adding and removing cannot overlap: the text between what changes first and last. */
function moved(manifest: Manifest, name: string, range: string): readonly Edit[] {
  const added = applied(manifest.text, edit(manifest, ['dependencies', name], range));
  const text = applied(added, edit({ ...manifest, text: added }, ['devDependencies', name], undefined));
  let start = 0;
  while (text[start] === manifest.text[start]) start += 1;
  let tail = 0;
  const shorter = Math.min(text.length, manifest.text.length) - start;
  while (tail < shorter && text.at(-1 - tail) === manifest.text.at(-1 - tail)) tail += 1;
  const end = manifest.text.length - tail;
  return [{ file: manifest.file, start, end, text: text.slice(start, text.length - tail) }];
}

function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((made, { start, end, text: put }) => made.slice(0, start) + put + made.slice(end), text);
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

/**
 * Lists paths under `files`, after those that are there.
 *
 * @param isSource whether a person writes the manifest; else the fix has no edits
 */
export function filesFieldFix(manifest: Manifest, paths: readonly string[], isSource: boolean): FixIdea {
  const { files } = manifest.json as { readonly files?: unknown };
  const listed = Array.isArray(files) ? files : [];
  return {
    title: `add ${paths.map((path) => JSON.stringify(path)).join(', ')} to "files" in ${manifest.file}`,
    edits: isSource ? edit(manifest, ['files'], [...listed, ...paths]) : [],
  };
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
