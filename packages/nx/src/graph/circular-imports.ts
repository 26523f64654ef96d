import type { ProjectGraph } from '@nx/devkit';
import { isRecord } from '../infer/member-manifest';
import { METADATA_KEY } from './import-metadata';

/**
 * By project, the projects that it imports although they depend on it and its manifest does not declare them. Nothing of theirs is
 * in the cache key of its task, so the verdict on these imports belongs to their tasks: these have its sources in theirs.
 */
export function importsInCircles(projectGraph: ProjectGraph): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(projectGraph.nodes).flatMap(([project, { data }]) => {
      const noted: unknown = (data.metadata as Record<string, unknown> | undefined)?.[METADATA_KEY];
      const providers: unknown = isRecord(noted) ? noted['importsInCircle'] : undefined;
      return Array.isArray(providers) ? [[project, providers.filter(isText)]] : [];
    }),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
