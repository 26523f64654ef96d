import type { FixIdea } from '../../model/fix-idea.js';
import type { PackingGap } from '../../model/shipping.js';
import { folderOf, isWithin, pathWithin } from '../../read/file-path.js';
import { defineRule } from '../define-rule.js';
import type { LookUp } from '../define-rule.js';
import { allSoft, lackWords, neededEvidence, neededWords } from '../needed-words.js';

const CAUSE: Record<PackingGap['kind'], (gap: PackingGap) => string> = {
  'not-listed': ({ manifest }) => `"files" of ${manifest.file} does not list it`,
  'taken-out': ({ manifest, text }) => `"${text}" in "files" of ${manifest.file} takes it out`,
  ignored: ({ text, place, asMember }) =>
    asMember
      ? `"${text}" in ${place.file} keeps it out where npm packs a member of the workspace`
      : `"${text}" in ${place.file} keeps it out`,
  'never-packed': ({ text }) => `npm never packs "${text}"`,
  link: () => 'it is a symbolic link, and npm packs none',
  outside: ({ root }) => `it lies outside of ${root}`,
};

export const fileNotPacked = defineRule<PackingGap>({
  code: 'VE306',
  name: 'file-not-packed',
  since: '0.1.0',
  severity: 'error',
  title: 'A file that the built output needs is left out of the published package.',

  find: ({ own, shipping }) =>
    shipping.packing.map((gap) => ({
      identity: [own.project, gap.kind, gap.place.file, gap.text],
      hits: [{ project: own.project, place: gap.place }],
      provider: {
        package: own.name ?? own.project,
        entryPoint: '.',
        conditions: [],
        file: gap.files[0].file,
      },
      ...((gap.asMember || isGitsAlone(gap) || allSoft(gap.files)) && { atMost: 'warning' as const }),
      data: gap,
    })),

  describe(gap, lookUp) {
    const [first] = gap.files;
    const fix = fixFor(gap, lookUp);
    return {
      message: `${neededWords(first)}, but the packed package lacks ${lackWords(gap.files)}: ${CAUSE[gap.kind](gap)}.`,
      evidence: neededEvidence('lacks', gap.files),
      ...(fix && { fix }),
    };
  },
});

/** Kept out by a .gitignore, of a package that perhaps nobody publishes. */
function isGitsAlone({ kind, meant, place }: PackingGap): boolean {
  return kind === 'ignored' && !meant && place.file.endsWith('.gitignore');
}

function fixFor(gap: PackingGap, lookUp: LookUp): FixIdea | undefined {
  const { kind, text, place, root, manifest } = gap;
  if (kind === 'taken-out') return { title: `take "${text}" out of "files" in ${manifest.file}`, edits: [] };
  if (kind === 'not-listed') {
    return lookUp.fixes.filesField(manifest, commonPath(gap.files.map(({ file }) => pathWithin(root, file))));
  }
  if (kind !== 'ignored') return undefined;
  const beside = folderOf(place.file) ?? '.';
  // npm does not look into ignore files beside or above a manifest that lists what ships.
  if ('files' in manifest.json || place.file.endsWith('.npmignore') || !isWithin(beside, root)) {
    return { title: `take "${text}" out of ${place.file}`, edits: [] };
  }
  const tops = gap.tops.map((top) => JSON.stringify(top)).join(', ');
  return { title: `list all that ships under "files" in ${manifest.file}: ${tops}`, edits: [] };
}

/** The innermost folder that holds all files, or the file where it is only one; the outermost folders where none holds all. */
function commonPath(files: readonly string[]): readonly string[] {
  if (files.length === 1) return files;
  const parts = files.map((file) => file.split('/').slice(0, -1));
  const [first] = parts;
  let shared = 0;
  while (shared < first!.length && parts.every((other) => other[shared] === first![shared])) shared++;
  if (shared > 0) return [first!.slice(0, shared).join('/')];
  return [...new Set(files.map((file) => file.split('/')[0]!))];
}
