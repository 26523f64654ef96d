import type { FixIdea } from '../../model/fix-idea.js';
import type { ImageGap, ImagePackageGap } from '../../model/shipping.js';
import type { Breakage, Description, RuleFacts } from '../define-rule.js';
import { defineRule } from '../define-rule.js';
import { allSoft, itOrThem, missingWords, neededEvidence, neededWords } from '../needed-words.js';
import { describePackageGap } from './describe-package-gap.js';

type FileGap = ImageGap & { readonly own: boolean };
type Data = FileGap | ImagePackageGap;

const CAUSE: Record<ImageGap['kind'], (gap: FileGap) => string> = {
  ignored: (gap) => `"${gap.text}" in ${gap.place.file} excludes ${pronoun(gap)} from the build context`,
  'not-copied': (gap) => `no line of ${gap.dockerfile} copies ${pronoun(gap)}`,
  'outside-context': (gap) => `the build context ${gap.context} does not include ${pronoun(gap)}`,
  'left-behind': ({ loose }) =>
    `the image copies the link ${loose!.link} from the stage "${loose!.brought.stage}", but not the folder that it points to, ${loose!.folder.here}`,
};

export const fileNotInImage = defineRule<Data>({
  code: 'VE307',
  name: 'file-not-in-image',
  reference: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  since: '0.1.0',
  severity: 'error',
  title: 'The container image does not contain a file or package that the application needs.',

  find: (facts) => [...fileBreakages(facts), ...packageBreakages(facts)],

  describe: (gap, lookUp) => ('importers' in gap ? describePackageGap(gap, lookUp) : describeFileGap(gap)),
});

function fileBreakages({ own, shipping }: RuleFacts): readonly Breakage<Data>[] {
  return shipping.images.map((gap) => ({
    identity: [own.project, gap.dockerfile, gap.owner.project, gap.kind, gap.text],
    hits: [{ project: own.project, place: gap.place }],
    provider: {
      package: gap.owner.name ?? gap.owner.project,
      entryPoint: '.',
      conditions: [],
      file: gap.files[0].file,
    },
    ...(allSoft(gap.files) && { atMost: 'warning' as const }),
    data: { ...gap, own: gap.owner === own },
  }));
}

function packageBreakages({ own, shipping }: RuleFacts): readonly Breakage<Data>[] {
  return shipping.imagePackages.map((gap) => ({
    identity: [own.project, gap.dockerfile, gap.owner.project, gap.kind, gap.name],
    hits: [{ project: own.project, place: gap.place }],
    provider: { package: gap.name, entryPoint: '.', conditions: [] },
    ...(gap.importers.every(({ soft }) => soft) && { atMost: 'warning' as const }),
    data: gap,
  }));
}

function describeFileGap(gap: FileGap): Description {
  const [first] = gap.files;
  const fix = fixFor(gap);
  return {
    message: `${gap.builder ? `"${first.by!.specifier}" is imported by sources that the image builds` : neededWords(first)}, but the image of ${gap.dockerfile} does not contain ${isWholePackage(gap) ? gap.owner.root : missingWords(gap.files)}: ${CAUSE[gap.kind](gap)}.`,
    evidence: [
      ...neededEvidence('missing', gap.files),
      ...(gap.copy ? [{ role: 'copied' as const, text: 'this line would copy it', place: gap.copy }] : []),
      ...(gap.builder
        ? [{ role: 'built' as const, text: gap.builder.command, place: gap.builder.place }]
        : []),
    ],
    ...(fix && { fix }),
  };
}

/** The image has no needed file of another package, so the message names the package's folder. */
function isWholePackage({ whole, own }: FileGap): boolean {
  return whole && !own;
}

function pronoun(gap: FileGap): string {
  return itOrThem(gap.files, isWholePackage(gap));
}

/**
 * Proposes an exception instead of removing the line, which would also let in the files that it is
 * for.
 */
function fixFor({
  kind,
  text,
  place,
  owner,
  dockerfile,
  files,
  whole,
  exception,
  loose,
}: ImageGap): FixIdea | undefined {
  if (loose) {
    const { there, here } = loose.folder;
    const line = `COPY --from=${loose.brought.stage} ${there} ${here}`;
    return {
      title: `add "${line}" after this line in ${dockerfile}`,
      edits: [{ file: place.file, start: place.end, end: place.end, text: `\n${line}` }],
    };
  }
  if (kind === 'ignored') {
    if (exception === undefined)
      return { title: `change ${place.file} so that it does not exclude ${files[0].file}`, edits: [] };
    return {
      title: `add "${exception}" below "${text}" in ${place.file}`,
      edits: [{ file: place.file, start: place.end, end: place.end, text: `\n${exception}` }],
    };
  }
  if (kind === 'outside-context')
    return { title: `build ${dockerfile} with a build context that contains ${owner.root}`, edits: [] };
  return {
    title: `add a COPY line for ${files.length > 1 || whole ? owner.root : files[0].file} to ${dockerfile}`,
    edits: [],
  };
}
