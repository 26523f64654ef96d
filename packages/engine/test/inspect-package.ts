import type { EntryResolution } from '../src/model/demand.js';
import type { PathAlias, ProjectInput, Variant } from '../src/model/workspace.js';
import { Disk } from '../src/read/disk.js';
import { readWorkspace } from '../src/read/read-workspace.js';
import type { EntryAsk } from '../src/resolve/entry-outcome.js';
import { entryPointsOf } from '../src/resolve/entry-points.js';
import { resolveEntry } from '../src/resolve/resolve-entry.js';
import { writeWorkspace } from './text-workspace.js';

/** What a question about one package gets. */
export interface Asked {
  readonly entries: Readonly<Record<string, readonly string[]>>;
  readonly variants: readonly Variant[];
  readonly text: string;
  readonly resolve: (subpath: string, ask?: Partial<EntryAsk>) => EntryResolution;
}

/** Calls a function with a package `p` that has the given manifest and (empty) files. */
export function askPackage<T>(
  manifest: object | undefined,
  files: readonly string[],
  question: (asked: Asked) => T,
  more: { aliases?: readonly PathAlias[]; outputs?: readonly string[] } = {},
): T {
  const texts = new Map(files.map((file) => [`p/${file}`, '']));
  const text = JSON.stringify(manifest);
  if (manifest) texts.set('p/package.json', text);
  using workspace = writeWorkspace(texts);
  const disk = new Disk(workspace.root);
  const project: ProjectInput = { name: 'p', root: 'p', ...(more.outputs && { outputs: more.outputs }) };
  const pkg = readWorkspace(disk, { root: workspace.root, projects: [project] }).packages[0]!;
  const points = entryPointsOf(disk, pkg, more.aliases);
  const show = ({ conditions, file, exists, phase, implied }: Variant): string =>
    `${phase}${implied ? ' implied' : ''} [${conditions.join(' ')}] ${file}${exists ? '' : ' absent'}`;
  return question({
    entries: Object.fromEntries(points.map(({ subpath, variants }) => [subpath, variants.map(show)])),
    variants: points.flatMap(({ variants }) => variants),
    text,
    resolve: (subpath, wanted) =>
      resolveEntry(disk, pkg, subpath, { mode: 'import', phase: 'runtime', conditions: [], ...wanted }),
  });
}
