import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateDependenciesContext, ProjectGraph } from '@nx/devkit';
import { afterEach, expect, it } from 'vitest';
import { createDependencies, createMetadata } from './plugin';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** Packages a and b; a declares b, and the given source of b imports what it likes. */
function workspaceWith(source: string): CreateDependenciesContext {
  const workspaceRoot = mkdtempSync(join(tmpdir(), 'plugin-'));
  folders.push(workspaceRoot);
  const files: Record<string, Record<string, string>> = {
    a: { 'packages/a/package.json': '{ "name": "@acme/a", "dependencies": { "@acme/b": "*" } }' },
    b: { 'packages/b/package.json': '{ "name": "@acme/b" }', 'packages/b/src/x.ts': source },
  };
  const projectFileMap: CreateDependenciesContext['fileMap']['projectFileMap'] = {};
  for (const [project, texts] of Object.entries(files)) {
    projectFileMap[project] = Object.entries(texts).map(([file, text]) => {
      mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
      writeFileSync(join(workspaceRoot, file), text);
      return { file, hash: createHash('sha1').update(text).digest('hex') };
    });
  }
  const fileMap = { projectFileMap, nonProjectFiles: [] };
  const projects = { a: { root: 'packages/a' }, b: { root: 'packages/b' } };
  return {
    workspaceRoot,
    projects,
    fileMap,
    filesToProcess: fileMap,
    externalNodes: {},
    nxJsonConfiguration: {},
  };
}

it('keeps the imports in a circle of one workspace apart from those of another', async () => {
  const circular = workspaceWith("import { a } from '@acme/a';\nexport const b = a;");
  const straight = workspaceWith('export const b = 1;');
  const graph: ProjectGraph = { nodes: {}, dependencies: {} };
  await createDependencies({}, circular);
  await createDependencies({}, straight);
  expect(await createMetadata(graph, {}, circular)).toEqual({
    b: { metadata: { 'verify-exports': { importsInCircle: ['a'] } } },
  });
  expect(await createMetadata(graph, {}, straight)).toEqual({});
});
