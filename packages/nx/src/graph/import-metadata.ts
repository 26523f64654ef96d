import type { ProjectConfiguration, ProjectsMetadata } from '@nx/devkit';
import { isRecord } from '../infer/member-manifest';
import type { UndeclaredDependencies } from './undeclared-dependencies';

/**
 * The key in a project's metadata, in the project graph, under which the plugin notes what it knows
 * about imports.
 */
export const METADATA_KEY = 'verify-exports';

/**
 * Notes with each project which packages it imports without declaring them. Tasks read the notes
 * from the project graph.
 */
export function importMetadata({ circular, edges }: UndeclaredDependencies): ProjectsMetadata {
  const undeclared = new Map<string, string[]>();
  for (const { source, target } of edges) undeclared.set(source, [...(undeclared.get(source) ?? []), target]);
  return Object.fromEntries(
    [...new Set([...circular.keys(), ...undeclared.keys()])].map((project) => {
      const notes = {
        ...(circular.has(project) && { importsInCircle: [...circular.get(project)!] }),
        ...(undeclared.has(project) && { undeclaredImports: undeclared.get(project) }),
      };
      return [project, { metadata: { [METADATA_KEY]: notes } as object }];
    }),
  );
}

/** The projects that a project imports although its manifest does not declare them. */
export function undeclaredImportsOf(data: ProjectConfiguration | undefined): readonly string[] {
  const noted: unknown = (data?.metadata as Record<string, unknown> | undefined)?.[METADATA_KEY];
  const imports: unknown = isRecord(noted) ? noted['undeclaredImports'] : undefined;
  return Array.isArray(imports) ? imports.filter((name): name is string => typeof name === 'string') : [];
}
