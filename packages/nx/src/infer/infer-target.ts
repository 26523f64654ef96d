import type { TargetConfiguration } from '@nx/devkit';
import { FORMATS } from '../options/schemas';
import type { ResolvedPluginOptions } from '../plugin-options';
import { METADATA_KEY } from '../graph/import-metadata';
import type { DeclaredGraph } from './dependency-closure';
import type { Member } from './member-manifest';
import { EXECUTOR } from './executor-name';
import { governingInputs } from './governing-inputs';
import { shippingInputs } from './shipping-inputs';

/** The engine's name for a project's known findings. */
const BASELINE = 'verify-exports.baseline.json';
/** The engine's name for the file that records what a project exports. */
export const SURFACE = 'exports.surface.txt';
/** They plan the version of the next release, which decides whether a removed export is allowed. */
const RELEASE_PLANS = ['.changeset/*.md', '.nx/version-plans/*.md'];
const WATCH_EXECUTOR = '@verify-exports/nx:watch';

/**
 * The target of one workspace package.
 *
 * Its cache key must cover everything that the result depends on, on every Nx major:
 * - `dependsOn` builds the package and everything it depends on, so that
 *   `dependentTasksOutputFiles` sees every output. `^build` reaches indirect dependencies only
 *   through the `dependsOn` of their dependents' builds;
 * - `^default` covers dependencies whose entry points are sources, or whose build target does not
 *   list an output;
 * - `{ input: 'default', projects }` covers the dependents whose imports are checked. The
 *   executor reads this list to know which dependents it may check (see `coveredDependents`);
 * - files outside the package decide what ships (see `shippingInputs`), which format the output
 *   has, which package manager installs it and what it is compiled to (see `governingInputs`).
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
    // A project's own definition of "default" may exclude it.
    `{projectRoot}/${BASELINE}`,
    ...(member.hasSurface
      ? [`{projectRoot}/${SURFACE}`, ...RELEASE_PLANS.map((plan) => `{workspaceRoot}/${plan}`)]
      : []),
    ...(dependents.length > 0 ? [{ input: 'default', projects: dependents }] : []),
    ...shippingInputs(member.root, member.dockerfiles ?? []),
    ...governingInputs(member.root, member.outerConfigs ?? []),
  ];
  return {
    executor: EXECUTOR,
    cache: true,
    dependsOn: buildsOf(member, graph, options),
    inputs,
    outputs: [
      ...reportOf(member),
      '{options.outputFile}',
      ...FORMATS.map((format) => `{options.outputFiles.${format}}`),
    ],
    options: executorOptions(member, options),
    metadata: {
      description:
        'Checks that the built package exports what others import, and that its own imports exist.',
      technologies: ['typescript', 'javascript'],
      // The task compares these with the final inputs, which nx.json or the project may have
      // replaced (see `keyGaps`).
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

/**
 * The target that watches one workspace package. Like the other target, it starts when everything
 * is built.
 */
export function inferWatchTarget(
  member: Member,
  graph: DeclaredGraph,
  options: ResolvedPluginOptions,
): TargetConfiguration {
  return {
    executor: WATCH_EXECUTOR,
    // Nx 20 ignores this field and runs the target anyway.
    continuous: true,
    cache: false,
    dependsOn: buildsOf(member, graph, options),
    options: {},
    metadata: {
      description: 'Checks the built package again when outputs or sources change.',
      technologies: ['typescript', 'javascript'],
    },
  };
}

/** The builds of a package and of everything it depends on. */
function buildsOf(
  member: Member,
  graph: DeclaredGraph,
  { buildTarget }: ResolvedPluginOptions,
): NonNullable<TargetConfiguration['dependsOn']> {
  const built = graph.dependenciesOf(member);
  const targets = new Set([...buildTarget, ...built.flatMap(({ otherBuilds = [] }) => otherBuilds)]);
  const ofDependencies = [...targets].flatMap((target) => {
    const having = built.filter(
      ({ otherBuilds = [] }) => buildTarget.includes(target) || otherBuilds.includes(target),
    );
    return having.length > 0 ? [{ target, projects: having.map(referenceTo) }] : [];
  });
  return [
    ...buildTargetsOf(member, buildTarget),
    ...buildTarget.map((target) => `^${target}`),
    ...ofDependencies,
  ];
}

function buildTargetsOf({ otherBuilds = [] }: Member, buildTarget: readonly string[]): readonly string[] {
  return [...buildTarget, ...otherBuilds];
}

/**
 * The report, and the .gitignore beside it. Not their folder: the folder of a project that contains
 * others, such as the root, also contains their reports.
 */
function reportOf({ root }: Member): readonly string[] {
  const folder = root === '.' ? '.verify-exports' : '.verify-exports/{projectRoot}';
  return ['report.json', '.gitignore'].map((file) => `{workspaceRoot}/${folder}/${file}`);
}

/**
 * How a target refers to another project: by its name, or by its folder if the manifests have no
 * name. Nx looks up a name, but compares a `directory:` pattern with every project for every task,
 * which takes seconds in a large workspace.
 */
function referenceTo({ name, root }: Member): string {
  return name ?? `directory:${root}`;
}

/**
 * Only the differences from the executor's defaults: options are part of the cache key of the
 * project's other targets.
 */
function executorOptions(
  member: Member,
  { buildTarget, dependents }: ResolvedPluginOptions,
): Record<string, unknown> {
  const [only, ...others] = buildTargetsOf(member, buildTarget);
  return {
    ...(others.length > 0 ? { buildTarget: [only, ...others] } : only !== 'build' && { buildTarget: only }),
    ...(!dependents && { dependents }),
  };
}
