import type { Demand, Mode } from '../model/demand.js';

/** In which mode each phase of one import is resolved. */
export type Modes = Readonly<Record<'runtime' | 'types', Mode>>;

/** The ways in which an import may be resolved. There are several if nothing decides what the source is compiled to. */
export function waysOf({ mode, types, phase }: Demand): readonly Modes[] {
  if (phase === 'types' && types) return [{ runtime: types.mode, types: types.mode }];
  const modes: readonly Mode[] = mode === 'either' ? ['import', 'require'] : [mode];
  return modes.map((runtime) => ({ runtime, types: types?.mode ?? runtime }));
}
