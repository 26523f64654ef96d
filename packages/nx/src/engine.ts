import { keepsData } from './graph/data-folder';

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

type LoadedEngine = Awaited<
  ReturnType<
    typeof import('@verify-exports/engine/load', { with: { 'resolution-mode': 'import' } }).loadEngine
  >
>;

let loading: Promise<LoadedEngine> | undefined;

/**
 * Loads the engine, once per process.
 *
 * @param keepsCode whether V8's compiled code of the engine is kept, for short processes
 */
export async function loadEngine(keepsCode = false): Promise<Engine> {
  loading ??= import('@verify-exports/engine/load').then(({ loadEngine: load }) =>
    load(keepsCode && keepsData()),
  );
  return (await loading).engine;
}

/** Keeps the compiled code of the engine for later processes. Never throws. */
export async function keepEngineCode(): Promise<void> {
  (await loading)?.keepCode();
}
