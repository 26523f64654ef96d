import type { ProjectGraph } from '@nx/devkit';
import { isRecord } from '../infer/member-manifest';
import { METADATA_KEY } from './import-metadata';

/**
 * By project, the projects that it imports without declaring them although they depend on it. Their
 * files are not in the cache key of its task, so their tasks check these imports. The importer's
 * sources are in the cache keys of those tasks.
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
