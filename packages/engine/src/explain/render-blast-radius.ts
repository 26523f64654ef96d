import { counted } from '../report/counted.js';
import { printableData } from '../model/printable.js';
import type { AffectedProject, BlastRadius } from './affected-by.js';

const SHOWN_PLACES = 5;

/** Who a change can break, for a terminal: one block for each project, then the totals. */
export function renderBlastRadius(given: BlastRadius): string {
  const radius = printableData(given);
  const subject = radius.name === undefined ? radius.package : `"${radius.name}" of ${radius.package}`;
  if (radius.affected.length === 0) return `No other project of the workspace imports ${subject}.`;
  const { files, projects, bundles, images } = radius.totals;
  const totals = [
    counted(files, 'importing file'),
    counted(projects, 'project'),
    ...(bundles > 0 ? [counted(bundles, 'bundle')] : []),
    ...(images > 0 ? [counted(images, 'image')] : []),
  ].join(', ');
  return [...radius.affected.map(projectText), `A change of ${subject} can break: ${totals}.`].join('\n\n');
}

function projectText({ project, imports, through, bundles, images }: AffectedProject): string {
  const head = through.length > 0 ? `${project}   through ${through.join(' → ')}` : project;
  const shown = imports.slice(0, SHOWN_PLACES).map(({ file, line, column }) => `  ${file}:${line}:${column}`);
  const rest = imports.length - shown.length;
  return [
    head,
    ...shown,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...bundles.map((file) => `  bundle   ${file}`),
    ...images.map((file) => `  image    ${file}`),
  ].join('\n');
}
