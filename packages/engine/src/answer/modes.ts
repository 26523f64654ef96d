import type { Demand, Mode } from '../model/demand.js';

/** In which mode each phase of one import is resolved. */
export type Modes = Readonly<Record<'runtime' | 'types', Mode>>;

/** The ways in which an import may be resolved. There are several if nothing decides what the source is compiled to. */
export function waysOf({ mode, types, phase }: Demand): readonly Modes[] {
  const typesModes = types && modesOf(types.mode);
  if (phase === 'types' && typesModes) return typesModes.map((each) => ({ runtime: each, types: each }));
  return modesOf(mode).flatMap((runtime) => {
    // If both are open, they are the same: the format that the source is compiled to.
    const each = typesModes && (mode !== 'either' || typesModes.length === 1) ? typesModes : [runtime];
    return each.map((one) => ({ runtime, types: one }));
  });
}

function modesOf(mode: Demand['mode']): readonly Mode[] {
  return mode === 'either' ? ['import', 'require'] : [mode];
}
