import type { WorkspaceView } from '../workspace-view.js';
import { placeOf } from '../model/place.js';
import type { DroppedModule } from '../model/required-module.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { outputFilesOf, sourceFilesOf } from '../read/package-files.js';
import { mayImportStyle } from '../text-scan/may-import-bare.js';
import { bareImports } from '../trace/bare-imports.js';
import type { LoadedModules } from './loaded-modules.js';
import type { ModuleView } from './module-view.js';
import { sideEffectsClaim } from './side-effects-claim.js';

const STYLE = /\.(?:css|scss|sass|less|styl)$/;

/**
 * Style sheets that sources import for their effect and that `sideEffects` lets bundlers drop. The
 * output contains no sheet, no import of one, and no script with a part of the text.
 */
export function droppedStyles(
  view: WorkspaceView,
  pkg: WorkspacePackage,
  modules: ModuleView,
  loaded: LoadedModules,
): readonly DroppedModule[] {
  const { disk, workspace } = view.run;
  const importers = sourceFilesOf(disk, workspace, pkg).filter((file) =>
    mayImportStyle(disk.readText(file) ?? ''),
  );
  const wanted = importers.flatMap((file) => {
    const requests = bareImports(modules.record(file) ?? NO_RECORD).filter(
      ({ specifier }) => STYLE.test(specifier) && specifier.startsWith('.'),
    );
    return requests.flatMap((request): readonly DroppedModule[] => {
      const target = modules.follow(file, request);
      const claim = target && sideEffectsClaim(disk, target.file);
      if (!claim || !loaded.reaches(file)) return [];
      const { specifier } = request;
      return [
        {
          place: placeOf(file, request),
          file: target.file,
          specifier,
          direct: true,
          evidence: [],
          claim,
          lack: 'style',
        },
      ];
    });
  });
  if (wanted.length === 0) return [];
  const outputs = outputFilesOf(disk, workspace, pkg);
  if (outputs.some((file) => STYLE.test(file))) return [];
  const scripts = outputs
    .filter((file) => /\.[cm]?js$/.test(file))
    .map((file) => plain(disk.readText(file) ?? ''));
  const entries = new Set(
    view.run.entryPointsOf(pkg).flatMap(({ variants }) => variants.map(({ file }) => file)),
  );
  return wanted.filter(({ file }) => {
    const parts = partsOf(disk.readText(file) ?? '');
    const isWritten = scripts.some(
      (script) => /\.(?:css|scss|sass|less)["'`]/.test(script) || parts.some((part) => script.includes(part)),
    );
    return parts.length > 0 && !isWritten && !entries.has(file);
  });
}

const NO_RECORD = { requests: [] } as unknown as Parameters<typeof bareImports>[0];

function plain(text: string): string {
  return text.replace(/\s/g, '');
}

/**
 * The declarations of a sheet without white space, which a script that injects the sheet contains.
 */
function partsOf(text: string): readonly string[] {
  const code = text.replace(/\/\*.*?\*\//gs, '');
  return [...code.matchAll(/[\w-]+\s*:\s*[^;{}]+(?=[;}])/g)].map(([part]) => plain(part));
}
