import intersects from 'semver/ranges/intersects.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { EnginesRange, NodeRefusal } from '../model/node-refusal.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { Manifest } from '../model/workspace.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { formatOf, packageScopeOf } from '../read/package-scope.js';
import { nodeRange } from '../read/runtime-signs.js';
import { firstSyntax, reachedByNode } from './node-refusals.js';
import type { NodeView } from './node-refusals.js';

/** Versions that do not detect the syntax of a module (https://nodejs.org/api/packages.html#syntax-detection). */
const WITHOUT_DETECTION = '<20.19.0 || >=21.0.0 <22.7.0';
/** Versions whose `require` does not load ES modules (https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require). */
const WITHOUT_REQUIRE_OF_MODULES = '<20.19.0 || >=21.0.0 <22.12.0';

/** Versions that a manifest allows and that lack what the output needs. */
export function enginesRangeOf(manifest: Manifest | undefined): EnginesRange | undefined {
  const range = manifest && nodeRange(manifest);
  // A range that allows everything promises nothing.
  if (!manifest || range === undefined || /^\s*(?:\*|x|latest)?\s*$/.test(range)) return undefined;
  return { range, place: locateInManifest(manifest, ['engines', 'node'], 'value') };
}

/**
 * What old versions of Node refuse, if `engines` allows them, and recent ones accept: ES module syntax that only its detection makes
 * an ES module, and `require` of an ES module. Only in what is sure to load with an entry file.
 */
export function engineRefusals(
  world: NodeView,
  entries: readonly FilePath[],
  engines: EnginesRange,
): readonly NodeRefusal[] {
  const [noDetection, noRequire] = [WITHOUT_DETECTION, WITHOUT_REQUIRE_OF_MODULES].map((versions) =>
    overlap(engines.range, versions),
  );
  if (!noDetection && !noRequire) return [];
  return [...reachedByNode(world, entries, () => false)].flatMap(
    ([file, { atLoad }]): readonly NodeRefusal[] => {
      const record = world.record(file)!;
      if (!atLoad) return [];
      if (record.hasModuleSyntax) {
        const isDetected =
          file.endsWith('.js') && packageScopeOf(world.resolver.disk, file)?.type === undefined;
        return noDetection && isDetected && entries.includes(file)
          ? [{ kind: 'undetected-syntax', place: placeOf(file, firstSyntax(record)), certain: true, engines }]
          : [];
      }
      return noRequire ? requiredModules(world, file, record, engines) : [];
    },
  );
}

function overlap(range: string, versions: string): boolean {
  try {
    return intersects(range, versions);
  } catch {
    return false;
  }
}

function requiredModules(
  world: NodeView,
  file: FilePath,
  record: ModuleRecord,
  engines: EnginesRange,
): readonly NodeRefusal[] {
  if (formatOf(world.resolver.disk, file, false) === 'esm') return [];
  return record.requests.flatMap((request): readonly NodeRefusal[] => {
    if (request.form !== 'require' || request.guarded || request.deferred) return [];
    const target = requiredFile(world, file, request);
    if (target === undefined || !/\.m?js$/.test(target)) return [];
    if (formatOf(world.resolver.disk, target, false) !== 'esm' || hasOlderTarget(world, target)) return [];
    const { specifier } = request;
    return [
      { kind: 'required-module', place: placeOf(file, request), certain: true, specifier, target, engines },
    ];
  });
}

function requiredFile(world: NodeView, file: FilePath, { specifier }: ModuleRequest): FilePath | undefined {
  const found = world.resolver.resolve(specifier, file, { mode: 'require', phase: 'runtime' });
  if (found.kind === 'package') return found.entry.outcome === 'file' ? found.entry.file : undefined;
  return found.kind === 'file' || found.kind === 'external' ? found.file : undefined;
}

/** Old versions ignore the condition `module-sync` and may find CommonJS. */
function hasOlderTarget(world: NodeView, target: FilePath): boolean {
  return packageScopeOf(world.resolver.disk, target)?.manifest?.text.includes('"module-sync"') ?? false;
}
