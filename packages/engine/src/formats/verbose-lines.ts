import type { Report } from '../model/report.js';

/**
 * The lines after the summary in verbose output: every entry point with its names, counts of
 * unknowns, and notes.
 */
export function verboseLines({ inventory, coverage, notes }: Report): readonly string[] {
  const variants = inventory.entryPoints.flatMap(({ subpath, variants }) =>
    variants.map(({ conditions, file, exports, open }) => {
      const by = conditions.length > 0 ? ` [${conditions.join(' ')}]` : '';
      const names = exports.length > 0 ? exports.join(', ') : open ? '' : 'nothing';
      const more = open ? `${names ? '; more names' : 'names'} are unknown: ${open}` : '';
      return `  ${subpath}${by} → ${file}: ${names}${more}`;
    }),
  );
  const unknown = Object.entries(coverage.unknownBy).map(([code, count]) => `${count} by ${code}`);
  const names = coverage.output?.unknownNames;
  return [
    ...variants,
    ...(unknown.length > 0 ? [`  unknown imports: ${unknown.join(', ')}`] : []),
    ...(names === undefined ? [] : [`  unknown names of installed packages: ${names}`]),
    `  modules read: ${coverage.modules}`,
    ...notes.map((note) => `  ${note}`),
  ];
}
