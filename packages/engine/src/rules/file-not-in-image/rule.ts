import type { FixIdea } from '../../model/fix-idea.js';
import type { ImageGap } from '../../model/shipping.js';
import { defineRule } from '../define-rule.js';
import { allSoft, lackWords, neededEvidence, neededWords } from '../needed-words.js';

const CAUSE: Record<ImageGap['kind'], (gap: ImageGap) => string> = {
  ignored: ({ text, place }) => `"${text}" in ${place.file} keeps it out of the build context`,
  'not-copied': ({ dockerfile }) => `no line of ${dockerfile} copies it`,
  'outside-context': ({ context }) => `it lies outside of the build context ${context}`,
  'left-behind': ({ loose }) =>
    `from the stage "${loose!.brought.stage}" it takes the link ${loose!.link}, but not what the link leads to, ${loose!.folder.here}`,
};

export const fileNotInImage = defineRule<ImageGap & { readonly own: boolean }>({
  code: 'VE307',
  name: 'file-not-in-image',
  since: '0.1.0',
  severity: 'error',
  title: 'A file or package that the application needs is not in its container image.',

  find: ({ own, shipping }) =>
    shipping.images.map((gap) => ({
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
    })),

  describe(gap) {
    const [first] = gap.files;
    const fix = fixFor(gap);
    return {
      message: `${gap.builder ? `"${first.by!.specifier}" is imported by sources that the image builds` : neededWords(first)}, but the image of ${gap.dockerfile} lacks ${lacking(gap, gap.own)}: ${CAUSE[gap.kind](gap)}.`,
      evidence: [
        ...neededEvidence('lacks', gap.files),
        ...(gap.copy ? [{ role: 'copied', text: 'would be copied here', place: gap.copy }] : []),
        ...(gap.builder ? [{ role: 'built', text: gap.builder.command, place: gap.builder.place }] : []),
      ],
      ...(fix && { fix }),
    };
  },
});

function lacking({ files, whole, owner }: ImageGap, own: boolean): string {
  return whole && !own ? `the whole of ${owner.root}` : lackWords(files);
}

/** Taking the line away would let in what it was written for; an exception does not. */
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
      title: `add "${line}" below this line in ${dockerfile}`,
      edits: [{ file: place.file, start: place.end, end: place.end, text: `\n${line}` }],
    };
  }
  if (kind === 'ignored') {
    if (exception === undefined) return { title: `let ${files[0].file} through in ${place.file}`, edits: [] };
    return {
      title: `add "${exception}" below "${text}" in ${place.file}`,
      edits: [{ file: place.file, start: place.end, end: place.end, text: `\n${exception}` }],
    };
  }
  if (kind === 'outside-context')
    return { title: `build ${dockerfile} from a folder that holds ${owner.root}`, edits: [] };
  return {
    title: `copy ${files.length > 1 || whole ? owner.root : files[0].file} in ${dockerfile}`,
    edits: [],
  };
}
