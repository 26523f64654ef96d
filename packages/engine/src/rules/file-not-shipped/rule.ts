import type { UnshippedFiles } from '../../model/shipping.js';
import { defineRule } from '../define-rule.js';
import { allSoft, itOrThem, missingWords, neededEvidence, neededWords } from '../needed-words.js';

export const fileNotShipped = defineRule<UnshippedFiles>({
  code: 'VE308',
  name: 'file-not-shipped',
  reference: 'https://nodejs.org/api/errors.html#err_module_not_found',
  since: '0.1.0',
  severity: 'error',
  title: 'A list of the files to ship leaves out a file that the application needs.',

  find: ({ own, shipping }) =>
    shipping.unshipped.map((gap) => {
      const [{ file, by }] = gap.files;
      return {
        identity: [own.project, gap.owner.project, gap.glob ?? '', ...(gap.list ? [gap.list.name] : [])],
        hits: [{ project: own.project, place: by?.place ?? { file, start: 0, end: 0 } }],
        provider: { package: gap.owner.name ?? gap.owner.project, entryPoint: '.', conditions: [], file },
        ...(allSoft(gap.files) && { atMost: 'warning' as const }),
        data: gap,
      };
    }),

  describe(gap) {
    const [first] = gap.files;
    const wholePackage = gap.whole && gap.files.length > 1;
    const what = wholePackage ? gap.owner.root : missingWords(gap.files);
    const pronoun = itOrThem(gap.files, wholePackage);
    const cause =
      gap.glob === undefined
        ? `no glob of ${gap.list?.name ?? 'the option "shippedFiles"'} matches ${pronoun}`
        : `"${gap.list?.ignores ? gap.glob.slice(1) : gap.glob}" of ${gap.list?.name ?? 'the option "shippedFiles"'} excludes ${pronoun}`;
    const where = gap.list?.name ?? '"shippedFiles"';
    return {
      message: `${neededWords(first)}, but the shipped files do not include ${what}: ${cause}.`,
      evidence: [
        ...neededEvidence('missing', gap.files).filter(({ role }) => role === 'missing'),
        ...(gap.list ? [{ role: 'listed' as const, text: '', place: gap.list.place }] : []),
      ],
      fix: {
        title:
          gap.glob === undefined
            ? `add a glob for ${gap.files.length > 1 ? gap.owner.root : first.file} to ${where}`
            : gap.list?.ignores
              ? `remove "${gap.glob.slice(1)}" from ${where}`
              : `remove "${gap.glob}" from ${where}, or add a narrower glob after it`,
        edits: [],
      },
    };
  },
});
