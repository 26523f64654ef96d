import type { Report } from '../model/report.js';

/** What a person who asks for more is told below the summary: every entry point with its names, and what could not be known. */
export function verboseLines({ inventory, coverage, notes }: Report): readonly string[] {
  const variants = inventory.entryPoints.flatMap(({ subpath, variants }) =>
    variants.map(({ conditions, file, exports, open }) => {
      const by = conditions.length > 0 ? ` [${conditions.join(' ')}]` : '';
      const names = exports.length > 0 ? exports.join(', ') : open ? '' : 'nothing';
      const more = open ? `${names ? '; ' : ''}and what cannot be known: ${open}` : '';
      return `  ${subpath}${by} → ${file}: ${names}${more}`;
    }),
  );
  const unknown = Object.entries(coverage.unknownBy).map(([code, count]) => `${count} by ${code}`);
  return [
    ...variants,
    ...(unknown.length > 0 ? [`  unknown demands: ${unknown.join(', ')}`] : []),
    `  modules read: ${coverage.modules}`,
    ...notes.map((note) => `  ${note}`),
  ];
}
