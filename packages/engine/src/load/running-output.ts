import { nodeRefusals } from './node-refusals.js';
import type { NodeView } from './node-refusals.js';
import { earlyReads } from './early-reads.js';
import type { Lens } from '../workspace-view.js';
import type { TraceRoot } from '../model/bundle-trace.js';
import type { EarlyRead } from '../model/early-read.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { loadFacts } from '../parse/load-facts.js';
import type { LoadFacts } from '../parse/load-facts.js';

/** What Node refuses in the output that it comes to by the package's literal entry points, its commands, or as an application. */
export function nodeRefusalsOf(lens: Lens, pkg: WorkspacePackage): readonly NodeRefusal[] {
  const literal = lens.run.entryPointsOf(pkg).filter(({ subpath }) => !subpath.includes('*'));
  const reached = literal.flatMap(({ subpath }) =>
    (['import', 'require'] as const).flatMap((mode) => {
      const entry = lens.resolver.resolveEntry(pkg, subpath, { mode, phase: 'runtime' });
      return entry.outcome === 'file' ? entry.file : [];
    }),
  );
  const programs = rootsOf(lens, pkg, literal.length > 0 ? ['command'] : ['command', 'application']);
  const isOwn = (file: FilePath): boolean => lens.inside(pkg, file);
  return nodeRefusals(nodeViewOf(lens, isOwn), [...reached, ...programs], (entry) =>
    lens.soundForNode.provenFrom(entry),
  );
}

/** @param isOwn whether a file is the judged package's own */
export function nodeViewOf(lens: Lens, isOwn: (file: FilePath) => boolean): NodeView {
  const { modules } = lens.run;
  return {
    resolver: lens.resolver,
    record: (file) => modules.record(file),
    text: (file) => modules.text(file),
    wrapperUses: (file) => modules.wrapperUses(file),
    inside(file) {
      if (isOwn(file)) return 'own';
      return lens.resolver.workspacePackageOf(file) && !file.includes('node_modules/') ? 'other' : undefined;
    },
    entryOf: (file, request) => entryAskedFor(lens, file, request),
  };
}

/** As Node resolves it; nothing where the verdict of the provider covers the request. */
function entryAskedFor(lens: Lens, file: FilePath, { specifier, form }: ModuleRequest): FilePath | undefined {
  const mode = form === 'require' ? 'require' : 'import';
  const found = lens.resolver.resolve(specifier, file, { mode, phase: 'runtime' });
  if (found.kind !== 'package' || found.entry.outcome !== 'file') return undefined;
  const asker = lens.resolver.workspacePackageOf(file);
  const elsewhere = asker && lens.run.judgedElsewhere(asker.project).has(found.pkg.project);
  return elsewhere ? undefined : found.entry.file;
}

/** Names that the package's ES modules read before they are there, by the entry file that is loaded. */
export function earlyReadsOf(lens: Lens, pkg: WorkspacePackage): readonly EarlyRead[] {
  const facts = new Map<FilePath, LoadFacts>();
  const view = {
    surfaces: lens.surfaces,
    inside: (file: FilePath) => lens.inside(pkg, file),
    loadFacts: (file: FilePath) => {
      const known = facts.get(file) ?? loadFacts(lens.run.disk.readText(file) ?? '', /[^.]*$/.exec(file)![0]);
      facts.set(file, known);
      return known;
    },
  };
  return earlyReads(view, rootsOf(lens, pkg, ['entry-point', 'command', 'application']));
}

function rootsOf(
  lens: Lens,
  pkg: WorkspacePackage,
  kinds: readonly TraceRoot['kind'][],
): readonly FilePath[] {
  return lens.traceOf(pkg).roots.flatMap(({ file, kind }) => (kinds.includes(kind) ? file : []));
}
