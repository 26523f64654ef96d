import type { FormatMismatch } from '../../model/format-mismatch.js';
import { defineRule } from '../define-rule.js';
import { entryEvidence } from '../words.js';

export const mismatchedTypesFormat = defineRule<readonly [FormatMismatch, ...FormatMismatch[]]>({
  code: 'VE210',
  name: 'mismatched-types-format',
  since: '0.1.0',
  severity: 'error',
  title: 'Declarations describe another module format than the JavaScript beside them has.',

  // One slip of the build makes it of every entry point alike.
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
        // Until somebody asks for the default in Node's way, nothing breaks in this workspace.
        ...(misread.length === 0 ? { atMost: 'warning' as const } : {}),
        data: mismatches,
      };
    }),

  describe([{ project, mode, runtime, types, format }, ...others], lookUp) {
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
    const more = others.length > 0 ? ` (and ${others.length} more of its entry points)` : '';
    return {
      message: `The declarations of "${subpath}"${more} are read as ${said} where it is asked by ${mode}, but the built file is ${is}, so TypeScript under nodenext ${consequence}.`,
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

/** By package, mode and format, in the order of the entry points. */
function groupsOf(
  mismatches: readonly FormatMismatch[],
): readonly (readonly [FormatMismatch, ...FormatMismatch[]])[] {
  const groups = new Map<string, [FormatMismatch, ...FormatMismatch[]]>();
  for (const mismatch of mismatches) {
    const key = [mismatch.project, mismatch.mode, mismatch.format].join('\n');
    const group = groups.get(key);
    if (group) group.push(mismatch);
    else groups.set(key, [mismatch]);
  }
  return [...groups.values()];
}
