import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';

/** The requests that only load the other module and import no name. */
export function bareImports(record: ModuleRecord): readonly ModuleRequest[] {
  return record.requests.filter(
    ({ form, names, namespace, typeOnly }) =>
      form === 'import' && !typeOnly && names.length === 0 && namespace === undefined,
  );
}

const STATIC = new Set<ModuleRequest['form']>(['import', 'export-from', 'export-star']);

/** The requests that load the other module together with this one. */
export function staticImports(record: ModuleRecord): readonly ModuleRequest[] {
  return record.requests.filter(
    ({ form, names, typeOnly }) =>
      STATIC.has(form) && !typeOnly && (names.length === 0 || names.some((name) => !name.typeOnly)),
  );
}
