import type { MissingPromise } from '../model/missing-promise.js';
import type { VerifyOptions } from '../model/options.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Resolver } from '../resolve/resolver.js';
import type { Surfaces } from '../surface/surfaces.js';

/** What finding missing names needs from the workspace. */
interface PromiseContext {
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
}

/**
 * The names of the option `mustExport` that consumers do not get, each once. A consumer may use
 * `import` or `require`; an entry point that offers only one of them has to export the name there.
 */
export function missingPromises(
  { resolver, surfaces }: PromiseContext,
  own: WorkspacePackage,
  { mustExport = [] }: Pick<VerifyOptions, 'mustExport'>,
): readonly MissingPromise[] {
  return mustExport.flatMap((wanted): readonly MissingPromise[] => {
    const [subpath, name] = promiseIn(wanted);
    const variants = (['import', 'require'] as const).flatMap((mode) => {
      const entry = resolver.resolveEntry(own, subpath, { mode, phase: 'runtime' });
      return entry.outcome === 'file' ? [{ mode, entry }] : [];
    });
    if (variants.length === 0) return [{ subpath, name, mode: 'import', offers: [] }];
    const lacking = variants.flatMap(({ mode, entry }) => {
      const look = { phase: 'runtime', mode } as const;
      const bound = surfaces.binding(entry.file, name, look);
      if (bound.kind === 'found' || bound.kind === 'unknown') return [];
      return [{ subpath, name, entry, mode, offers: [...surfaces.of(entry.file, look).names.keys()] }];
    });
    return lacking.slice(0, 1);
  });
}

/** `name`, or `./subpath#name`. */
function promiseIn(text: string): readonly [subpath: string, name: string] {
  const hash = text.indexOf('#');
  return text.startsWith('.') && hash > 0 ? [text.slice(0, hash), text.slice(hash + 1)] : ['.', text];
}
