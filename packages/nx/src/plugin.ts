import type { CreateDependencies, CreateNodesV2 } from '@nx/devkit';
import { inferTargets, MANIFEST_GLOB } from './infer/create-nodes';
import type { PluginOptions } from './plugin-options';

export type { PluginOptions } from './plugin-options';

export const name = '@verify-exports/nx';

/** Infers the `verify-exports` target; see `inferTargets`. */
export const createNodesV2: CreateNodesV2<PluginOptions> = [MANIFEST_GLOB, inferTargets];

// One function under both names: only that loads without complaint on every supported Nx major.
export const createNodes = createNodesV2;

/** Adds the dependencies that sources have and no manifest declares; see `undeclaredDependencies`. */
export const createDependencies: CreateDependencies<PluginOptions> = async (_options, context) => {
  // Every Nx command loads this file, and most find no changed source.
  const { undeclaredDependencies } = await import('./graph/undeclared-dependencies.js');
  return undeclaredDependencies(context);
};
