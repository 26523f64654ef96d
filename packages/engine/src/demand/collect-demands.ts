import type { Demand, Mode, TypesResolution } from '../model/demand.js';
import type { ModuleRecord, ModuleRequest, RequestedName } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';

/** How the importing module runs, as its file and package show. */
export interface Asker {
  readonly project: string;
  readonly file: FilePath;
  readonly record: ModuleRecord;
  readonly origin: 'source' | 'output';
  /**
   * What an `import` statement of this file becomes: it is kept, turned into `require`, or unknown.
   */
  readonly importMode: Mode | 'either';
  /** How TypeScript resolves a request, if its configuration says so. */
  readonly typesResolution?: ((request: ModuleRequest) => TypesResolution | undefined) | undefined;
  /** See `Demand.onNode`. */
  readonly onNode?: boolean;
}

/** The provider of a request, if it is a workspace package. */
export type ProviderOf = (
  request: ModuleRequest,
  asker: Asker,
) => { readonly project: string; readonly subpath: string; readonly remote?: true } | undefined;

/**
 * What one module imports from workspace packages: one demand for each name, and one for each
 * request without a name.
 *
 * Only TypeScript and declarations import types. Plain JavaScript does not use declarations.
 */
export function collectDemands(asker: Asker, providerOf: ProviderOf): readonly Demand[] {
  const demands: Demand[] = [];
  for (const request of asker.record.requests) {
    if (request.virtual) continue;
    const provider = providerOf(request, asker);
    if (!provider) continue;
    const phase = phaseOf(asker.record, request);
    if (!phase) continue;
    const types = phase === 'runtime' ? undefined : asker.typesResolution?.(request);
    const common = {
      ...(types && { types }),
      dependent: asker.project,
      specifierPlace: placeOf(asker.file, request),
      specifier: request.specifier,
      form: request.form,
      provider: provider.project,
      subpath: provider.subpath,
      ...(provider.remote && { remote: provider.remote }),
      ...(request.replaced && { replaced: request.replaced }),
      mode: modeOf(asker, request),
      origin: asker.origin,
    };
    const names = request.names.filter((name) => !name.optional);
    for (const name of names) {
      demands.push({
        ...common,
        place: placeOf(asker.file, name),
        name: name.name,
        phase: phaseOfName(asker.record, phase, name),
        soft: request.guarded,
        ...(isLinked(request, name) && {
          linked: true as const,
          ...(asker.onNode && { onNode: true as const }),
        }),
        ...(name.interop && { interop: name.interop }),
        ...(name.plain && request.form === 'require' && { plain: true as const }),
      });
    }
    if (names.length === 0) {
      const { form, namespace } = request;
      const namesNothing = phase === 'types' && form === 'import' && request.names.length === 0 && !namespace;
      demands.push({
        ...common,
        place: placeOf(asker.file, request),
        phase,
        soft: request.guarded,
        ...(namesNothing && { namesNothing }),
      });
    }
  }
  return demands;
}

/** The request is in an import or export statement, which Node resolves before anything runs. */
function isLinked({ form }: ModuleRequest, { via }: RequestedName): boolean {
  return (via === 'named' || via === 'default') && (form === 'import' || form === 'export-from');
}

function isTypeScript(record: ModuleRecord): boolean {
  return record.language === 'ts' || record.language === 'tsx' || record.language === 'dts';
}

function phaseOf(record: ModuleRecord, request: ModuleRequest): Demand['phase'] | undefined {
  if (request.typeOnly || record.language === 'dts') return isTypeScript(record) ? 'types' : undefined;
  // Node or a test runner resolves these to a file. TypeScript needs no declarations for them.
  const runtimeOnly = ['url', 'meta-resolve', 'require-resolve', 'mock'].includes(request.form);
  if (!isTypeScript(record) || runtimeOnly) return 'runtime';
  // A CommonJS require in TypeScript is untyped unless it is `import x = require()`.
  return request.form === 'require' ? 'runtime' : 'both';
}

function phaseOfName(record: ModuleRecord, phase: Demand['phase'], name: RequestedName): Demand['phase'] {
  return name.typeOnly && isTypeScript(record) ? 'types' : phase;
}

const MODE_OF_FORM: Partial<Record<ModuleRequest['form'], Mode>> = {
  'dynamic-import': 'import',
  'meta-resolve': 'import',
  require: 'require',
  'require-resolve': 'require',
  'import-equals': 'require',
};

function modeOf(asker: Asker, request: ModuleRequest): Demand['mode'] {
  if (request.form === 'mock' || request.form === 'url') return 'either';
  // A dynamic import in TypeScript may become a require if it is compiled to CommonJS.
  if (request.form === 'dynamic-import' && asker.importMode !== 'import' && isTypeScript(asker.record))
    return 'either';
  return MODE_OF_FORM[request.form] ?? asker.importMode;
}
