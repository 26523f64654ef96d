import { openRun } from '../src/session.js';
import { applyEdits } from '../src/fix/apply-edits.js';
import { reexportFix } from '../src/evidence/reexport-fix.js';
import { SourceDeclarations } from '../src/parse/source-declarations.js';
import type { FoundDeclaration } from '../src/parse/source-declarations.js';
import type { Edit } from '../src/model/report.js';
import { parseModule } from '../src/parse/parse-module.js';
import { writeWorkspace } from './text-workspace.js';

export const BARREL = 'packages/lib/src/index.ts';

export interface Given {
  readonly barrel: string;
  readonly file: string;
  readonly text: string;
  readonly barrelFile?: string;
}

/** The fix for a barrel that lacks `lost`, which another file of the package declares. */
export function planReexport({ barrel, file, text, barrelFile = BARREL }: Given) {
  return reexportFix(
    'lost',
    declarationIn(file, text),
    text,
    { file: barrelFile, text: barrel, record: parseModule(barrelFile, barrel) },
    ({ specifier }) => {
      const base = `packages/lib/src/${specifier.slice(2).replace(/\.[jt]s$/, '')}`;
      return [`${base}.ts`, `${base}.js`].find((candidate) => candidate === file);
    },
  );
}

/** As the search in a package's sources finds it. */
function declarationIn(file: string, text: string): FoundDeclaration {
  using workspace = writeWorkspace(
    new Map([
      ['packages/lib/package.json', '{ "name": "lib" }'],
      [file, text],
    ]),
  );
  const run = openRun({ root: workspace.root, projects: [{ name: 'lib', root: 'packages/lib' }] });
  return new SourceDeclarations(run.modules, () => [file]).find(run.packageOf('lib')!, 'lost')!;
}

/** The changed texts by file. */
export function applyTo(
  edits: readonly Edit[],
  texts: Readonly<Record<string, string>>,
): Record<string, string> {
  const applied = Object.entries(texts).map(([file, text]) => {
    const own = edits.filter((edit) => edit.file === file);
    return [file, applyEdits(text, own)!] as const;
  });
  return Object.fromEntries(applied);
}
