import { counted } from '../report/counted.js';
import { printableData } from '../model/printable.js';
import type { ExplainedPlace, ExplainedVariant, Explanation } from './explain-export.js';

const SHOWN_NAMES = 24;
const SHOWN_PLACES = 8;
const SHOWN_TARGETS = 10;

/**
 * An explanation for a terminal: how the entry point resolves, what it exports, where the name comes
 * from and who imports it. It ends without a newline.
 */
export function renderExplanation(given: Explanation): string {
  const explanation = printableData(given);
  const { name, entryPoint, root } = explanation;
  const specifier = `${explanation.package}${entryPoint.slice(1)}`;
  const head = name === undefined ? `${specifier}   ${root}` : `"${name}" of ${specifier}   ${root}`;
  return [
    head,
    ...groups(explanation).map((group) => variantText(group, name)),
    ...(name === undefined ? entryPointsText(explanation) : sourceText(explanation)),
    importersText(explanation),
  ].join('\n\n');
}

interface Group {
  readonly consumers: readonly string[];
  readonly variant: ExplainedVariant;
}

/** Consumers that get the same file by the same targets are shown together. */
function groups({ variants }: Explanation): readonly Group[] {
  const found = new Map<string, { readonly consumers: string[]; readonly variant: ExplainedVariant }>();
  for (const variant of variants) {
    const { file, failure, exports, chain } = variant;
    const key = JSON.stringify([file, failure, exports, chain]);
    const group = found.get(key);
    if (group) group.consumers.push(consumerText(variant));
    else found.set(key, { consumers: [consumerText(variant)], variant });
  }
  return [...found.values()];
}

function consumerText({ consumer, added }: ExplainedVariant): string {
  return added === undefined ? consumer : `${consumer} with "${added}"`;
}

function variantText({ consumers, variant }: Group, name: string | undefined): string {
  const { file, failure, tried, exports, open, chain } = variant;
  const target = file === undefined ? `nothing: ${failure}` : file;
  const lines = [`${consumers.join(', ')} → ${target}`];
  if (name === undefined) {
    for (const each of tried.slice(0, SHOWN_TARGETS)) lines.push(`  ${triedText(each)}`);
    if (tried.length > SHOWN_TARGETS) lines.push(`  and ${tried.length - SHOWN_TARGETS} more targets`);
    if (file !== undefined) lines.push(`  exports  ${listed(exports, SHOWN_NAMES) || 'nothing'}`);
    if (open !== undefined) lines.push(`  unknown  there may be more names, because ${open}`);
    return lines.join('\n');
  }
  if (file === undefined) return lines.join('\n');
  if (!exports.includes(name) && (chain ?? []).length === 0) {
    const similar = open === undefined ? 'does not export it' : `may export it: ${open}`;
    lines.push(`  ${similar}`, `  exports  ${listed(exports, SHOWN_NAMES) || 'nothing'}`);
  }
  for (const link of chain ?? []) lines.push(`  ${placeText(link)}   ${link.text}`);
  return lines.join('\n');
}

function triedText({
  key,
  conditions,
  target,
  place,
  outcome,
  reason,
}: ExplainedVariant['tried'][number]): string {
  const mark = outcome === 'taken' ? '✔' : outcome === 'missing' ? '✖' : '·';
  const by = conditions.length > 0 ? ` [${conditions.join(' ')}]` : '';
  const why = reason ?? (outcome === 'taken' ? 'taken' : 'not reached');
  return `${mark} "${key}"${by} → ${target ?? 'null'}   ${why}   ${placeText(place)}`;
}

function entryPointsText({ entryPoints }: Explanation): readonly string[] {
  return entryPoints.length > 1 ? [`entry points: ${listed(entryPoints, SHOWN_NAMES)}`] : [];
}

function sourceText({ declared, sourceChain }: Explanation): readonly string[] {
  if (sourceChain && sourceChain.length > 0)
    return [['sources', ...sourceChain.map((link) => `  ${placeText(link)}   ${link.text}`)].join('\n')];
  if (!declared) return [];
  const lost = sourceChain ? ', but the source of the entry point does not export it' : '';
  return [`declared  ${placeText(declared)}${lost}`];
}

function importersText({ importedBy }: Explanation): string {
  if (importedBy.length === 0) return 'No other project of the workspace imports it.';
  const places = importedBy.flatMap(({ places: each }) => each);
  const files = new Set(places.map(({ file }) => file)).size;
  const shown = places.slice(0, SHOWN_PLACES).map((place) => `  ${placeText(place)}`);
  const rest = places.length - shown.length;
  return [
    `imported by ${counted(files, 'file')} in ${counted(importedBy.length, 'project')}`,
    ...shown,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}

function placeText({ file, line, column }: ExplainedPlace): string {
  return `${file}:${line}:${column}`;
}

function listed(items: readonly string[], most: number): string {
  const rest = items.length - most;
  return `${items.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
