import type { ProjectGraph, ProjectsMetadata } from '@nx/devkit';
import { isRecord } from '../infer/member-manifest';

/** Under this key of a project's metadata in the project graph stands what it imports in a circle. */
const KEY = 'verify-exports';

/** Notes per project the providers that no edge could be added for; see `undeclaredDependencies`. */
export function circularMetadata(circular: ReadonlyMap<string, readonly string[]>): ProjectsMetadata {
  return Object.fromEntries(
    [...circular].map(([project, providers]) => [
      project,
      { metadata: { [KEY]: { importsInCircle: [...providers] } } as object },
    ]),
  );
}

/**
 * The projects that a project imports although they depend on it and its manifest does not declare them. Nothing of theirs is
 * in the cache key of its task, so the verdict on these imports belongs to their tasks: these have its sources in theirs.
 */
export function importedInCircle(projectGraph: ProjectGraph, project: string): readonly string[] {
  const noted: unknown = (
    projectGraph.nodes[project]?.data.metadata as Record<string, unknown> | undefined
  )?.[KEY];
  const providers: unknown = isRecord(noted) ? noted['importsInCircle'] : undefined;
  return Array.isArray(providers) ? providers.filter((one): one is string => typeof one === 'string') : [];
}

/** The other way round: who imports a project in a circle. */
export function importersInCircle(projectGraph: ProjectGraph, provider: string): readonly string[] {
  return Object.keys(projectGraph.nodes).filter((project) =>
    importedInCircle(projectGraph, project).includes(provider),
  );
}
