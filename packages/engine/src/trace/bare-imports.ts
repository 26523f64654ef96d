import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';

/** Of stylesheets and other files that are no scripts nothing is told, and there are many such imports. */
const BARE_IMPORT = /\bimport\s*(["'])(?![^"'\n]+\.(?:css|s[ac]ss|less|styl|json|svg|png)\1)/;

/** Whether a text may hold `import 'x'` of a script; spares most files from being parsed. */
export function mayImportBare(text: string): boolean {
  return BARE_IMPORT.test(text);
}

/** The requests that ask for nothing but that the other module is loaded. */
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
