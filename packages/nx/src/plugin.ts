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

/**
 * By workspace root. Nx gives `createMetadata` neither the files of projects nor the edges that
 * were refused, so the result of `createDependencies` has to be kept for it; computing it again
 * would read every source file twice.
 */
const foundIn = new Map<string, UndeclaredDependencies>();

/**
 * Adds the dependencies that sources have and no manifest declares; see `undeclaredDependencies`.
 */
export const createDependencies: CreateDependencies<PluginOptions> = async (_options, context) => {
  const found = await undeclaredDependencies(context);
  foundIn.set(context.workspaceRoot, found);
  return [...found.edges];
};

/**
 * Notes with each project what `createDependencies` found; Nx calls it right after that, in the
 * same process.
 */
export const createMetadata: CreateMetadata<PluginOptions> = (_graph, _options, context) =>
  importMetadata(foundIn.get(context.workspaceRoot) ?? { edges: [], circular: new Map() });
