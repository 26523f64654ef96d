import type { FormatMismatch } from '../../model/format-mismatch.js';
import { defineRule } from '../define-rule.js';
import { entryEvidence } from '../words.js';

export const mismatchedTypesFormat = defineRule<FormatMismatch>({
  code: 'VE210',
  name: 'mismatched-types-format',
  since: '0.1.0',
  severity: 'error',
  title: 'Declarations describe another module format than the JavaScript beside them has.',

  find: ({ formatMismatches, lookUp }) =>
    formatMismatches.map((mismatch) => {
      const { project, runtime, types, misread } = mismatch;
      const place = types.place ?? { file: types.file, start: 0, end: 0 };
      return {
        identity: [project, runtime.subpath, runtime.file, types.file],
        hits: [{ project, place }, ...misread],
        provider: {
          package: lookUp.packageOf(project)?.name ?? project,
          entryPoint: runtime.subpath,
          conditions: types.conditions,
          file: types.file,
        },
        // Until somebody asks for the default in Node's way, nothing breaks in this workspace.
        ...(misread.length === 0 ? { atMost: 'warning' as const } : {}),
        data: mismatch,
      };
    }),

  describe({ project, mode, runtime, types, format }, lookUp) {
    const isModule = format === 'esm';
    const name = lookUp.packageOf(project)?.name ?? project;
    const [is, said] = isModule ? ['an ES module', 'CommonJS'] : ['CommonJS', 'an ES module'];
    const extension = isModule ? '.d.mts' : '.d.cts';
    const consequence = isModule
      ? 'takes its default import for all of the module'
      : mode === 'require'
        ? 'refuses to have it required, or takes its default for what `exports.default` is'
        : 'takes its default import for what `exports.default` is, where Node gives all of `module.exports`';
    const subpath = runtime.subpath === '.' ? name : `${name}${runtime.subpath.slice(1)}`;
    return {
      message: `The declarations of "${subpath}" are read as ${said} where it is asked by ${mode}, but the built file is ${is}, so TypeScript under nodenext ${consequence}.`,
      evidence: [
        { ...entryEvidence(types), role: 'types' },
        { ...entryEvidence(runtime), role: 'runtime' },
      ],
      fix: {
        title: `give the ${isModule ? '"import"' : '"require"'} way its own declarations with the extension ${extension}, beside ${runtime.file}`,
        edits: [],
      },
    };
  },
});
