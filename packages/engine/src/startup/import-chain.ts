import type { Mode } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { WorkspaceView } from '../workspace-view.js';

const MOST_FILES = 5000;

/** The shortest way by which a module loads another one, both included; empty if there is none. */
export function importChain(
  { run, surfaces }: WorkspaceView,
  { file: entry, mode }: { readonly file: FilePath; readonly mode: Mode },
  target: FilePath,
): readonly FilePath[] {
  const before = new Map<FilePath, FilePath | undefined>([[entry, undefined]]);
  for (const file of before.keys()) {
    if (file === target) return wayTo(before, file);
    if (before.size > MOST_FILES) break;
    for (const request of run.modules.record(file)?.requests ?? []) {
      if (request.typeOnly) continue;
      const how = request.form === 'require' ? 'require' : mode;
      const next = surfaces.host.follow(file, request, { phase: 'runtime', mode: how });
      if (next.kind === 'file' && !before.has(next.file)) before.set(next.file, file);
    }
  }
  return [];
}

function wayTo(before: ReadonlyMap<FilePath, FilePath | undefined>, target: FilePath): readonly FilePath[] {
  const way: FilePath[] = [];
  for (let file: FilePath | undefined = target; file !== undefined; file = before.get(file))
    way.unshift(file);
  return way;
}
