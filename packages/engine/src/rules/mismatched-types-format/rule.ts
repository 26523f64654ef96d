import { groupBy } from '../../collections/group-by.js';
import type { FormatMismatch } from '../../model/format-mismatch.js';
import { defineRule } from '../define-rule.js';
import { entryEvidence } from '../words.js';

export const mismatchedTypesFormat = defineRule<readonly [FormatMismatch, ...FormatMismatch[]]>({
  code: 'VE210',
  name: 'mismatched-types-format',
  reference:
    'https://www.typescriptlang.org/docs/handbook/modules/reference.html#node16-node18-node20-nodenext',
  since: '0.1.0',
  severity: 'error',
  title: 'The declarations of an entry point have another module format than its JavaScript.',

  // One mistake in the build usually affects every entry point, so the entry points form one
  // finding.
  find: ({ formatMismatches, lookUp }) =>
    groupsOf(formatMismatches).map((mismatches) => {
      const [{ project, format, mode, runtime, types }] = mismatches;
      const misread = mismatches.flatMap((mismatch) => mismatch.misread);
      const places = mismatches.map(
        (each) => each.types.place ?? { file: each.types.file, start: 0, end: 0 },
      );
      return {
        identity: [project, mode, format],
        hits: [...places.map((place) => ({ project, place })), ...misread],
        provider: {
          package: lookUp.packageOf(project)?.name ?? project,
          entryPoint: runtime.subpath,
          conditions: types.conditions,
          file: types.file,
        },
        // Nothing in this workspace breaks unless a module imports the default the way Node does.
        ...(misread.length === 0 ? { atMost: mismatches[0].failsForImporters ? 'warning' : 'info' } : {}),
        data: mismatches,
      };
    }),

  describe([{ project, mode, runtime, types, format, failsForImporters, misread }, ...others], lookUp) {
    const isModule = format === 'esm';
    const name = lookUp.packageOf(project)?.name ?? project;
    const [actual, declared] = isModule ? ['an ES module', 'CommonJS'] : ['CommonJS', 'an ES module'];
    const extension = isModule ? '.d.mts' : '.d.cts';
    const consequence =
      !failsForImporters && misread.length === 0
        ? `it ${isModule ? 'accepts a default import that does not exist' : 'rejects a default import that Node accepts'}; named imports work`
        : isModule
          ? 'it treats the default import as the whole module'
          : mode === 'require'
            ? 'it rejects `require`, or treats the default as `exports.default`'
            : 'it treats the default import as `exports.default`, but Node gives all of `module.exports`';
    const subpath = runtime.subpath === '.' ? name : `${name}${runtime.subpath.slice(1)}`;
    const more = others.length > 0 ? ` (and ${others.length} more of its entry points)` : '';
    return {
      message: `TypeScript reads the declarations of "${subpath}"${more} as ${declared} when it is ${mode}${mode === 'import' ? 'ed' : 'd'}, but the built file is ${actual}, so under nodenext ${consequence}.`,
      evidence: [
        { ...entryEvidence(types), role: 'types' },
        { ...entryEvidence(runtime), role: 'runtime' },
      ],
      fix: {
        title: `give the ${isModule ? '"import"' : '"require"'} condition its own declarations with the extension ${extension}, next to ${runtime.file}`,
        edits: [],
      },
    };
  },
});

/**
 * Groups by package, mode and format, in the order of the entry points. Those that fail for importers
 * come first.
 */
function groupsOf(
  mismatches: readonly FormatMismatch[],
): readonly (readonly [FormatMismatch, ...FormatMismatch[]])[] {
  const sorted = mismatches.toSorted((a, b) => Number(b.failsForImporters) - Number(a.failsForImporters));
  const groups = groupBy(sorted, ({ project, mode, format }) => [project, mode, format].join('\n'));
  return [...groups.values()];
}
