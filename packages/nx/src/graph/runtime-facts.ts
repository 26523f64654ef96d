import type { ProjectGraphProjectNode, TargetConfiguration } from '@nx/devkit';
import type { ProjectInput } from '../engine';

type RuntimeSigns = NonNullable<ProjectInput['runtimes']>;
type Runtime = RuntimeSigns[number]['runtime'];

/** What executors run, or build for, if no option says otherwise. */
const EXECUTORS: readonly (readonly [
  executor: RegExp,
  runtimes: (options: Options) => readonly Runtime[],
])[] = [
  [/^@nx\/js:node$|^@nx\/(?:node|nest|express):/, () => ['node']],
  [
    /^@nx\/esbuild:esbuild$/,
    ({ platform }) => (platform === 'browser' || platform === 'neutral' ? [] : ['node']),
  ],
  [/^@nx\/(?:webpack:webpack|rspack:rspack)$/, ({ target }) => forTarget(target)],
  [
    /^@(?:angular-devkit\/build-angular|angular\/build|nx\/angular):(?!package|ng-packagr)/,
    ({ server, ssr }) => [
      'browser',
      ...(server !== undefined || (ssr !== undefined && ssr !== false) ? (['node'] as const) : []),
    ],
  ],
  [/^@nx\/(?:next|remix|nuxt):(?:build|server)$/, () => ['node', 'browser']],
];

interface Options {
  readonly platform?: unknown;
  readonly target?: unknown;
  readonly server?: unknown;
  readonly ssr?: unknown;
}

function forTarget(target: unknown): readonly Runtime[] {
  if (target === 'node' || target === 'async-node') return ['node'];
  return target === 'web' || target === 'webworker' ? ['browser'] : [];
}

const RUNNING_TARGET = /^(?:start|serve|prod|production)(?::|$)/;
const NODE_COMMAND = /(?:^|[\s;&|("'])(?:node|nodemon)\s+(?:-\S+\s+)*(?!-)\S*(?:dist|build|out)\//;

/** What the targets of a project say about the runtimes that load its output. */
export function runtimeFacts({ name, data }: ProjectGraphProjectNode): RuntimeSigns {
  return Object.entries(data.targets ?? {}).flatMap(([targetName, target]) =>
    runtimesOf(targetName, target).map((runtime) => ({
      runtime,
      strength: 'certain' as const,
      reason: `the target ${targetName} of "${name}" ${target.executor === undefined ? 'runs Node' : `uses ${target.executor}`}`,
    })),
  );
}

function runtimesOf(targetName: string, target: TargetConfiguration): readonly Runtime[] {
  const options: Options & { command?: unknown; commands?: unknown } = target.options ?? {};
  const { executor } = target;
  const known = EXECUTORS.find(([pattern]) => executor !== undefined && pattern.test(executor));
  if (known) return known[1](options);
  if (!RUNNING_TARGET.test(targetName)) return [];
  const commands = [target.command, options.command, options.commands].flat(2);
  const texts = commands.map((one: unknown) =>
    typeof one === 'object' && one ? (one as { command?: unknown }).command : one,
  );
  return texts.some((text) => typeof text === 'string' && NODE_COMMAND.test(text)) ? ['node'] : [];
}
