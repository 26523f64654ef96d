// The engine is an ES module and the plugin is CommonJS. So types need a resolution mode, and the
// code is loaded on demand.
export type {
  BaselinePlan,
  EarlierRun,
  Finding,
  FixPlan,
  LoadReport,
  OptionSchema,
  OptionsSchema,
  OutputWriter,
  Problem,
  ProjectInput,
  Report,
  Run,
  Severity,
  VerifyOptions,
  WorkspaceInput,
} from '@verify-exports/engine' with { 'resolution-mode': 'import' };

export type Engine = typeof import('@verify-exports/engine', { with: { 'resolution-mode': 'import' } });

let loading: Promise<Engine> | undefined;

/** Loads the engine, once per process. */
export function loadEngine(): Promise<Engine> {
  loading ??= import('@verify-exports/engine');
  return loading;
}
