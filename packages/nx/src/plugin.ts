import type { CreateDependencies, CreateMetadata, CreateNodesV2 } from '@nx/devkit';
import { importMetadata } from './graph/import-metadata';
import { undeclaredDependencies } from './graph/undeclared-dependencies';
import type { UndeclaredDependencies } from './graph/undeclared-dependencies';
import { inferTargets, MANIFEST_GLOB } from './infer/create-nodes';
import type { PluginOptions } from './plugin-options';

export type { PluginOptions } from './plugin-options';

export const name = '@verify-exports/nx';

/** Infers the `verify-exports` target; see `inferTargets`. */
export const createNodesV2: CreateNodesV2<PluginOptions> = [MANIFEST_GLOB, inferTargets];

// One function under both names: only that loads without complaint on every supported Nx major.
export const createNodes = createNodesV2;

let found: UndeclaredDependencies = { edges: [], circular: new Map() };

/** Adds the dependencies that sources have and no manifest declares; see `undeclaredDependencies`. */
export const createDependencies: CreateDependencies<PluginOptions> = async (_options, context) => {
  found = await undeclaredDependencies(context);
  return [...found.edges];
};

/** Notes with each project what `createDependencies` found. Nx calls it right after that, in the same process. */
export const createMetadata: CreateMetadata<PluginOptions> = () => importMetadata(found);
