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

describe('the graph to judge by', () => {
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

  it('is the one that Nx hands over while nothing is newer than it', async () => {
    expect(await graph()).toBe(handed);
  });

  it('is made anew after an edit of a manifest, and after a project came or went', async () => {
    write('packages/a/package.json', 3000);
    expect(await graph()).toBe(made);
    write('packages/a/package.json', 1000);
    utimesSync(join(root, 'packages'), 3000, 3000);
    expect(await graph()).toBe(made);
  });

  it('is the one that Nx hands over on every other major', async () => {
    write('nx.json', 3000);
    expect(await graph()).toBe(made);
    nx.major = 23;
    expect(await graph()).toBe(handed);
  });

  it('brings its own options, beside those that were handed over', () => {
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
