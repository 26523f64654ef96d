import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { LinkHost } from './follow.js';
import type { View } from './view.js';

/**
 * The view of an entry point's declarations. If the file is no module, the `declare module` blocks for the specifier are the entry
 * point's declarations.
 */
export function viewOfEntry(
  host: Pick<LinkHost, 'record'>,
  file: FilePath,
  specifier: string,
  view: View,
): View {
  if (view.phase === 'runtime') return view;
  const record = host.record(file);
  const isDeclared =
    isAmbient(record) && record.ambientModules.some((block) => block.specifier === specifier);
  return isDeclared ? { ...view, ambient: specifier } : view;
}

/** A declaration file that is no module itself, and declares modules. */
export function isAmbient(record: ModuleRecord | undefined): record is ModuleRecord {
  return record?.language === 'dts' && !record.hasModuleSyntax && record.ambientModules.length > 0;
}

const recordsOfBlocks = new WeakMap<ModuleRecord, Map<string, ModuleRecord>>();

/** What a file's blocks for one specifier declare, as a module of its own. */
export function recordOfBlocks(record: ModuleRecord, specifier: string): ModuleRecord {
  const known = recordsOfBlocks.get(record) ?? new Map<string, ModuleRecord>();
  recordsOfBlocks.set(record, known);
  const blocks = record.ambientModules.filter((block) => block.specifier === specifier);
  const made = known.get(specifier) ?? {
    ...record,
    hasModuleSyntax: true,
    exports: blocks.flatMap(({ exports }) => exports),
    locals: blocks.flatMap(({ locals }) => locals),
    ambientModules: [],
  };
  known.set(specifier, made);
  return made;
}
