import type { WorkspaceView } from '../workspace-view.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { DroppedModule } from '../model/required-module.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { declaredDependentsOf } from '../read/declared-dependents.js';
import { bareImports } from '../trace/bare-imports.js';
import type { ModuleView } from './module-view.js';
import { sideEffectsClaim } from './side-effects-claim.js';

const STYLE = /\.(?:css|scss|sass|less|styl)$/;

/**
 * Modules of a package's output that other modules of it import for their side effects, although
 * `sideEffects` of the manifest lets the consumers' bundlers leave them out. A module from which
 * names are imported as well, or that is required, stays where these are used.
 */
export function droppedByConsumers(
  view: WorkspaceView,
  pkg: WorkspacePackage,
  modules: ModuleView,
): readonly DroppedModule[] {
  const hasConsumers = pkg.publication.published || declaredDependentsOf(view.run.workspace, pkg).length > 0;
  const claims = [pkg.published, pkg.source].some((manifest) => manifest?.json.sideEffects !== undefined);
  if (!hasConsumers || !claims) return [];
  const named = new Set<FilePath>();
  const found: DroppedModule[] = [];
  for (const [file, record] of view.traces.modulesOf(pkg)) {
    if (!record || record.language === 'dts') continue;
    // Bundlers keep all that `require` loads.
    const bare = new Set(record.hasModuleSyntax ? bareImports(record) : []);
    for (const request of record.requests) {
      if (!request.specifier.startsWith('.') && !request.specifier.startsWith('#')) continue;
      const target = modules.follow(file, request);
      if (!target || target.pkg || target.installed !== undefined) continue;
      if (!bare.has(request)) {
        named.add(target.file);
        continue;
      }
      const claim = sideEffectsClaim(view.run.disk, target.file);
      const works = STYLE.test(target.file) || modules.effects(target.file)?.effect === 'some';
      if (!claim || !works) continue;
      found.push({
        place: placeOf(file, request),
        file: target.file,
        specifier: request.specifier,
        direct: true,
        evidence: [],
        claim,
        lack: 'for-consumers',
      });
    }
  }
  return found.filter(({ file }) => !named.has(file));
}
