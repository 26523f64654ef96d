import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentGraph, optionsBy } from './current-graph';

const made = { nodes: {}, dependencies: {} } as ProjectGraph;
const nx = vi.hoisted(() => ({ major: 22 }));
vi.mock('./nx-major', () => ({ nxMajor: () => nx.major }));
vi.mock('./devkit', () => ({ createProjectGraph: async () => made }));

describe('currentGraph', () => {
  let root: string;
  const handed = { nodes: { a: { data: { root: 'packages/a' } } } } as unknown as ProjectGraph;
  const graph = (): Promise<ProjectGraph> => currentGraph({ root, projectGraph: handed } as ExecutorContext);
  const write = (path: string, seconds: number): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '{}');
    utimesSync(join(root, path), seconds, seconds);
  };

  beforeEach(() => {
    nx.major = 22;
    root = mkdtempSync(join(tmpdir(), 'verify-exports-'));
    write('packages/a/package.json', 1000);
    write('nx.json', 1000);
    utimesSync(join(root, 'packages'), 1000, 1000);
    write('.nx/workspace-data/project-graph.json', 2000);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('returns the graph that Nx passes if no source is newer', async () => {
    expect(await graph()).toBe(handed);
  });

  it('rebuilds the graph when a manifest changes or a project is added or removed', async () => {
    write('packages/a/package.json', 3000);
    expect(await graph()).toBe(made);
    write('packages/a/package.json', 1000);
    utimesSync(join(root, 'packages'), 3000, 3000);
    expect(await graph()).toBe(made);
  });

  it('returns the graph that Nx passes on every other major', async () => {
    write('nx.json', 3000);
    expect(await graph()).toBe(made);
    nx.major = 23;
    expect(await graph()).toBe(handed);
  });

  it('takes configured options from the new graph and keeps the others', () => {
    const withOptions = (options: object): ProjectGraph =>
      ({ nodes: { a: { data: { root: 'a', targets: { v: { options } } } } } }) as unknown as ProjectGraph;
    const [one, other] = [
      { x: 1, gone: true },
      { x: 2, y: [3] },
    ].map(withOptions);
    const job = { project: 'a', targetName: 'v', options: { x: 1, gone: true, verbose: true } };
    expect(optionsBy([one!, one!], job)).toBe(job.options);
    expect(optionsBy([one!, other!], job)).toEqual({ x: 2, y: [3], verbose: true });
    expect(optionsBy([one!, other!], { ...job, options: { x: 4 } })).toEqual({ x: 4, y: [3] });
  });
});
