import type { FixIdea } from '../../model/fix-idea.js';
import type { PackingGap } from '../../model/shipping.js';
import { folderOf, isWithin, pathWithin } from '../../read/file-path.js';
import { defineRule } from '../define-rule.js';
import type { LookUp } from '../define-rule.js';
import { filesEntries } from './files-entries.js';
import { allSoft, itOrThem, missingWords, neededEvidence, neededWords } from '../needed-words.js';

const CAUSE: Record<PackingGap['kind'], (gap: PackingGap) => string> = {
  'not-listed': ({ manifest, files }) => `"files" of ${manifest.file} does not list ${itOrThem(files)}`,
  'taken-out': ({ manifest, text, files }) =>
    `"${text}" in "files" of ${manifest.file} excludes ${itOrThem(files)}`,
  ignored: ({ text, place, files, asMember }) =>
    asMember
      ? `"${text}" in ${place.file} excludes ${itOrThem(files)} when npm packs a member of the workspace`
      : `"${text}" in ${place.file} excludes ${itOrThem(files)}`,
  'never-packed': ({ text }) => `npm never packs "${text}"`,
  link: () => 'npm does not pack symbolic links',
  'source-entry': () => 'Node runs no TypeScript in node_modules',
  outside: ({ root }) => `npm packs only files inside ${root}`,
};

export const fileNotPacked = defineRule<PackingGap>({
  code: 'VE306',
  name: 'file-not-packed',
  reference: 'https://docs.npmjs.com/cli/configuring-npm/package-json#files',
  since: '0.1.0',
  severity: 'error',
  title: 'The published package does not contain a file that the built output needs.',

  find: ({ own, shipping }) =>
    shipping.packing.map((gap) => ({
      identity: [own.project, gap.kind, gap.place.file, gap.text, ...causeInManifest(gap)],
      hits: [{ project: own.project, place: gap.place }],
      provider: {
        package: own.name ?? own.project,
        entryPoint: '.',
        conditions: [],
        file: gap.files[0].file,
      },
      ...((gap.asMember || isOnlyGitignored(gap) || allSoft(gap.files)) && { atMost: 'warning' as const }),
      data: gap,
    })),

  describe(gap, lookUp) {
    const [first] = gap.files;
    const fix = fixFor(gap, lookUp);
    const { override } = gap;
    if (override && gap.kind === 'source-entry')
      return {
        message: `The published package offers ${first.file} as ${first.by ? 'an entry point' : 'a command'}, which Node cannot load: ${override.manager} does not apply "${override.field}" of "publishConfig", and ${CAUSE[gap.kind](gap)}.`,
        evidence: [],
        ...(fix && { fix }),
      };
    const cause = override
      ? `${override.manager} does not apply "${override.field}" of "publishConfig", and ${CAUSE[gap.kind](gap)}`
      : CAUSE[gap.kind](gap);
    return {
      message: `${neededWords(first)}, but the published package does not contain ${missingWords(gap.files)}: ${cause}.`,
      evidence: [
        ...neededEvidence('missing', gap.files),
        ...(override
          ? [{ role: 'cause' as const, text: `"publishConfig.${override.field}"`, place: override.place }]
          : []),
      ],
      ...(fix && { fix }),
    };
  },
});

/** What distinguishes causes that leave files out by the same rule. */
function causeInManifest({ override, built, files: [{ by }] }: PackingGap): readonly string[] {
  if (override) return [override.field];
  return built === undefined ? [] : [by?.kind === 'entry' ? 'source of an entry point' : 'source'];
}

/** A .gitignore excludes the file, and nothing says that the package is meant to be published. */
function isOnlyGitignored({ kind, meant, place }: PackingGap): boolean {
  return kind === 'ignored' && !meant && place.file.endsWith('.gitignore');
}

function fixFor(gap: PackingGap, lookUp: LookUp): FixIdea | undefined {
  const { kind, text, place, root, manifest, built, override } = gap;
  if (override) {
    const title = `write the value of "publishConfig.${override.field}" to "${override.field}" in ${manifest.file}, or publish with pnpm`;
    return { title, edits: [] };
  }
  if (built !== undefined) {
    // Consumers cannot run the sources, so listing them would not help.
    const [{ by }] = gap.files;
    const what =
      by?.kind === 'entry' || !by?.specifier.startsWith('#')
        ? 'the target'
        : `"imports" for "${by.specifier}"`;
    return { title: `change ${what} in ${manifest.file} to what the build wrote: ${built}`, edits: [] };
  }
  if (kind === 'taken-out') return { title: `remove "${text}" from "files" in ${manifest.file}`, edits: [] };
  if (kind === 'not-listed') {
    const paths = gap.files.map(({ file }) => pathWithin(root, file));
    const { files } = manifest.json as { readonly files?: readonly unknown[] };
    const listed = (files ?? []).filter((entry): entry is string => typeof entry === 'string');
    return lookUp.fixes.filesField(manifest, filesEntries(listed, paths));
  }
  if (kind === 'never-packed' && text.includes('node_modules')) {
    const title =
      'make the bundler write these modules to a folder with another name, or leave the package external';
    return { title, edits: [] };
  }
  if (kind !== 'ignored') return undefined;
  const beside = folderOf(place.file) ?? '.';
  // If a manifest has "files", npm ignores the ignore files beside it and above it.
  if ('files' in manifest.json || place.file.endsWith('.npmignore') || !isWithin(beside, root)) {
    return { title: `remove "${text}" from ${place.file}`, edits: [] };
  }
  const tops = gap.tops.map((top) => JSON.stringify(top)).join(', ');
  return { title: `list everything to publish in "files" of ${manifest.file}: ${tops}`, edits: [] };
}
