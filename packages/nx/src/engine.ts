// The engine is an ES module: a CommonJS shell names its types with a resolution mode and loads it when there is work to do.
export type {
  EarlierRun,
  Finding,
  FixPlan,
  OptionSchema,
  OptionsSchema,
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
