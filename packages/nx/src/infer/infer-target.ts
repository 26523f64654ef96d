import type { TargetConfiguration } from '@nx/devkit';
import type { ResolvedPluginOptions } from '../plugin-options';
import { METADATA_KEY } from '../graph/import-metadata';
import type { DeclaredGraph } from './dependency-closure';
import type { Member } from './member-manifest';
import { governingInputs } from './governing-inputs';
import { shippingInputs } from './shipping-inputs';

export const EXECUTOR = '@verify-exports/nx:verify-exports';
export const WATCH_EXECUTOR = '@verify-exports/nx:watch';

/**
 * The target of one workspace package.
 *
 * Its cache key has to cover everything that the verdict depends on, on every Nx major:
 * - `dependsOn` builds the package and all that it depends on, not only what `^build` of each build happens to pull in, so that
 *   `dependentTasksOutputFiles` sees every output;
 * - `^default` covers dependencies whose entry points are sources, or whose build target forgets an output;
 * - `{ input: 'default', projects }` covers the dependents whose demands are judged too. The executor reads that very list to
 *   know whom it may judge (see `coveredDependents`);
 * - files outside of the package tell what of it ships (see `shippingInputs`), which format its output has, who installs it and what
 *   it is compiled to (see `governingInputs`).
 */
export function inferTarget(
  member: Member,
  graph: DeclaredGraph,
  options: ResolvedPluginOptions,
): TargetConfiguration {
  const dependents = options.dependents ? graph.dependentsOf(member).map(referenceTo) : [];
  const inputs: TargetConfiguration['inputs'] = [
    'default',
    '^default',
    { dependentTasksOutputFiles: '**/*', transitive: true },
    ...(dependents.length > 0 ? [{ input: 'default', projects: dependents }] : []),
    ...shippingInputs(member.root, member.dockerfiles ?? []),
    ...governingInputs(member.root, member.outerConfigs ?? []),
  ];
  return {
    executor: EXECUTOR,
    cache: true,
    dependsOn: buildsOf(member, graph, options),
    inputs,
    outputs: [reportOf(member), '{options.outputFile}'],
    options: executorOptions(options),
    metadata: {
      description: 'Verifies the built package against what is imported from it and what it imports.',
      technologies: ['typescript', 'javascript'],
      // The task compares these with the final inputs, which nx.json or the project may have replaced (see `keyGaps`).
      [METADATA_KEY]: { inputs },
      ...(member.name !== undefined && {
        help: {
          command: `npx nx run ${member.name}:${options.targetName} --help`,
          example: { options: { rules: { 'missing-type-export': 'warning' } } },
        },
      }),
    },
  };
}

/** The target that goes on judging one workspace package. It begins when everything is built, as the other does. */
export function inferWatchTarget(
  member: Member,
  graph: DeclaredGraph,
  options: ResolvedPluginOptions,
): TargetConfiguration {
  return {
    executor: WATCH_EXECUTOR,
    // Nx 20 does not know the field and runs the target all the same.
    continuous: true,
    cache: false,
    dependsOn: buildsOf(member, graph, options),
    options: {},
    metadata: {
      description: 'Verifies the built package again whenever outputs or sources change.',
      technologies: ['typescript', 'javascript'],
    },
  };
}

/** The builds of a package and of all that it depends on. */
function buildsOf(
  member: Member,
  graph: DeclaredGraph,
  { buildTarget }: ResolvedPluginOptions,
): NonNullable<TargetConfiguration['dependsOn']> {
  const built = graph.dependenciesOf(member).map(referenceTo);
  return [
    buildTarget,
    `^${buildTarget}`,
    ...(built.length > 0 ? [{ target: buildTarget, projects: built }] : []),
  ];
}

/** The file, not its folder: that of a project which holds others (the root above all) holds their reports too. */
function reportOf({ root }: Member): string {
  return root === '.'
    ? '{workspaceRoot}/.verify-exports/report.json'
    : '{workspaceRoot}/.verify-exports/{projectRoot}/report.json';
}

/**
 * How other targets name a project: by its name, and by its folder only where there is none in the manifests. Nx looks a name
 * up, but matches a `directory:` pattern against every project for every task, which takes seconds in a large workspace.
 */
function referenceTo({ name, root }: Member): string {
  return name ?? `directory:${root}`;
}

/** Only what differs from the executor's defaults: a target's options are part of the cache key of the project's other targets. */
function executorOptions({ buildTarget, dependents }: ResolvedPluginOptions): Record<string, unknown> {
  return { ...(buildTarget !== 'build' && { buildTarget }), ...(!dependents && { dependents }) };
}
