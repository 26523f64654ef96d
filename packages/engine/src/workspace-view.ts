import { Answers } from './answer/answers.js';
import { Demands } from './demand/demands.js';
import { KeptClosures } from './load/kept-closures.js';
import { LoadErrors } from './load/load-errors.js';
import type { WorkspacePackage } from './model/workspace.js';
import type { ConsumerSettings } from './resolve/entry-outcome.js';
import { Resolver } from './resolve/resolver.js';
import { forConsumers } from './resolve/workspace-conditions.js';
import type { Run } from './session.js';
import { createLinkHost } from './surface/link-host.js';
import { Surfaces } from './surface/surfaces.js';
import { PackageRuntimes } from './trace/package-runtimes.js';
import { Traces } from './trace/traces.js';

/**
 * The workspace under one set of conditions. Each part remembers its results, and none of them
 * knows this view.
 */
export class WorkspaceView {
  readonly run: Run;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  readonly traces: Traces;
  readonly runtimes: PackageRuntimes;
  readonly demands: Demands;
  readonly loadErrors: LoadErrors;
  readonly answers: Answers;

  /** @param settings the settings of the consumers' resolvers */
  constructor(run: Run, settings: ConsumerSettings) {
    const { disk, workspace, modules, mentions } = run;
    this.run = run;
    this.resolver = new Resolver(disk, workspace, settings);
    this.surfaces = new Surfaces(createLinkHost(disk, modules, this.resolver));
    const world = {
      disk,
      workspace,
      modules,
      mentions,
      resolver: this.resolver,
      surfaces: this.surfaces,
      packageOf: (project: string) => run.packageOf(project),
      entryPointsOf: (pkg: WorkspacePackage) => forConsumers(run.entryPointsOf(pkg)),
      mentionsOf: (pkg: WorkspacePackage) => run.mentionsOf(pkg),
      problemOf: (pkg: WorkspacePackage) => run.problemOf(pkg),
      checkedElsewhere: (project: string) => run.checkedElsewhere(project),
      circleOf: (project: string) => run.circleOf(project),
    };
    const closures = new KeptClosures(world);
    this.traces = new Traces(world);
    this.runtimes = new PackageRuntimes({ disk, traces: this.traces });
    this.demands = new Demands({ ...world, traces: this.traces, runtimes: this.runtimes });
    this.loadErrors = new LoadErrors({ ...world, closures, traces: this.traces, runtimes: this.runtimes });
    this.answers = new Answers({
      ...world,
      closures,
      traces: this.traces,
      demands: this.demands,
      runtimes: this.runtimes,
      loadErrors: this.loadErrors,
    });
  }
}

const views = new WeakMap<Run, Map<string, WorkspaceView>>();

/** How many different requests a run has resolved, under all conditions. */
export function resolvesOf(run: Run): number {
  return [...(views.get(run)?.values() ?? [])].reduce((sum, { resolver }) => sum + resolver.resolves, 0);
}

/** The view of a run under some conditions, made once for all projects that set the same ones. */
export function viewOf(run: Run, settings: ConsumerSettings): WorkspaceView {
  const made = views.get(run) ?? new Map<string, WorkspaceView>();
  views.set(run, made);
  const { browser, neutral, conditions, runtime = [], types = [] } = settings;
  const platform = neutral ? 'neutral' : browser ? 'browser' : 'node';
  const key = [platform, conditions.join(','), runtime.join(','), types.join(',')].join(' ');
  const view = made.get(key) ?? new WorkspaceView(run, settings);
  made.set(key, view);
  return view;
}
