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
 * By project, the projects that it imports although they depend on it and its manifest does not declare them. Nothing of theirs is
 * in the cache key of its task, so the verdict on these imports belongs to their tasks: these have its sources in theirs.
 */
export function importsInCircles(projectGraph: ProjectGraph): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(projectGraph.nodes).flatMap(([project, { data }]) => {
      const noted: unknown = (data.metadata as Record<string, unknown> | undefined)?.[KEY];
      const providers: unknown = isRecord(noted) ? noted['importsInCircle'] : undefined;
      return Array.isArray(providers) ? [[project, providers.filter(isText)]] : [];
    }),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
