import type { UnshippedFiles } from '../../model/shipping.js';
import { defineRule } from '../define-rule.js';
import { allSoft, lackWords, neededEvidence, neededWords } from '../needed-words.js';

export const fileNotShipped = defineRule<UnshippedFiles>({
  code: 'VE308',
  name: 'file-not-shipped',
  since: '0.1.0',
  severity: 'error',
  title: 'A file that the application needs is not among those that the option "shippedFiles" names.',

  find: ({ own, shipping }) =>
    shipping.unshipped.map((gap) => {
      const [{ file, by }] = gap.files;
      return {
        identity: [own.project, gap.owner.project, gap.glob ?? ''],
        hits: [{ project: own.project, place: by?.place ?? { file, start: 0, end: 0 } }],
        provider: { package: gap.owner.name ?? gap.owner.project, entryPoint: '.', conditions: [], file },
        ...(allSoft(gap.files) && { atMost: 'warning' as const }),
        data: gap,
      };
    }),

  describe(gap) {
    const [first] = gap.files;
    const what = gap.whole && gap.files.length > 1 ? `anything of ${gap.owner.root}` : lackWords(gap.files);
    const cause =
      gap.glob === undefined
        ? `no glob of the option "shippedFiles" matches ${gap.files.length > 1 ? 'them' : 'it'}`
        : `"${gap.glob}" of the option "shippedFiles" takes ${gap.files.length > 1 ? 'them' : 'it'} out`;
    return {
      message: `${neededWords(first)}, but what ships does not contain ${what}: ${cause}.`,
      evidence: neededEvidence('lacks', gap.files).filter(({ role }) => role === 'lacks'),
      fix: {
        title:
          gap.glob === undefined
            ? `add a glob for ${gap.files.length > 1 ? gap.owner.root : first.file} to "shippedFiles"`
            : `take "${gap.glob}" out of "shippedFiles", or add a narrower glob after it`,
        edits: [],
      },
    };
  },
});
