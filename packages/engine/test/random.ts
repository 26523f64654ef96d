import { seeded } from './random-packages.js';

/** Choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0, below the bound. */
  below(bound: number): number;
  pick<T>(from: readonly T[]): T;
  chance(likely: number): boolean;
}

export function randomFrom(seed: number): Random {
  const below = seeded(seed);
  return {
    below,
    pick: (from) => from[below(from.length)]!,
    chance: (likely) => below(1000) < likely * 1000,
  };
}
