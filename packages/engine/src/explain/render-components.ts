import { counted } from '../report/counted.js';
import { printableData } from '../model/printable.js';
import type { Component, ComponentEntry, ComponentList } from './component-list.js';

const AVAILABLE: Readonly<Record<Component['available'], string>> = {
  yes: 'yes',
  partly: 'partly',
  no: 'MISSING',
  fails: 'FAILS',
};
const COLUMNS = ['name', 'kind', 'available', 'imported by', 'declared at'] as const;

/** The exported names of a package as a table for each entry point, with the totals. */
export function renderComponents(given: ComponentList): string {
  const list = printableData(given);
  const { modules, exports, missing } = list.totals;
  const totals = [
    counted(modules, 'module'),
    counted(exports, 'export'),
    ...(missing > 0 ? [`${missing} missing or failing`] : []),
  ].join(', ');
  const version = list.version === undefined ? '' : ` ${list.version}`;
  const head = `${list.package}${version}   ${list.root}`;
  return [head, ...list.entries.map((entry) => entryText(list.package, entry)), totals].join('\n\n');
}

function entryText(packageName: string, { subpath, files, components, open }: ComponentEntry): string {
  const head = `${packageName}${subpath.slice(1)}   ${files.join(', ') || 'no file'}`;
  if (components.length === 0) return `${head}\n  exports nothing${open ? ' that is known' : ''}`;
  const rows = [COLUMNS, ...components.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd(),
  );
  return [head, ...lines, ...(open ? ['  There may be more names.'] : [])].join('\n');
}

function cells({ name, kind, available, missingFor, declared, importedBy }: Component): readonly string[] {
  return [
    name,
    kind ?? '–',
    missingFor ? `not ${missingFor.join(', ')}` : AVAILABLE[available],
    counted(importedBy, 'file'),
    declared ? `${declared.file}:${declared.line}:${declared.column}` : '–',
  ];
}
