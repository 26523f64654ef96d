// Oracles: our resolver, which resolve-entry.oracle.test.ts compares with Node, tries every set of
// conditions on random manifests; the TypeScript compiler resolves declarations. Seeded;
// VERIFY_SEED
// and VERIFY_CASES vary it.
import { join } from 'node:path';
import ts from 'typescript6';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspacePackage } from '../model/workspace.js';
import { Disk } from '../read/disk.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { readManifest } from '../read/read-manifest.js';
import { PACKAGE_FILES, randomManifest, seeded } from '../../test/random-packages.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { DiskWorkspace } from '../../test/text-workspace.js';
import { resolveExports } from './exports-map.js';
import { invalidTargetsOf } from './invalid-targets.js';
import { listTargets } from './map-leaves.js';
import type { MapLeaf } from './map-leaves.js';
import { unreachableEntriesOf } from './unreachable-entries.js';

const SEED = Number(process.env['VERIFY_SEED'] ?? 1);
const COUNT = Number(process.env['VERIFY_CASES'] ?? 400);
/** Conditions that are only set together with `import` or `require`. */
const BESIDE_MODE = ['node', 'module-sync', 'node-addons', 'browser'];

const publication = { published: true, reason: '' };
let workspace: DiskWorkspace;
let disk: Disk;
let packages: readonly WorkspacePackage[];

beforeAll(() => {
  const random = seeded(SEED);
  const manifests = Array.from({ length: COUNT }, (_, index) => randomManifest(random, `p${index}`));
  const files = new Map<string, string>();
  for (const json of manifests) {
    const folder = `node_modules/${json.name}`;
    files.set(`${folder}/package.json`, JSON.stringify(json, null, 1));
    for (const file of PACKAGE_FILES) if (random(8) > 0) files.set(`${folder}/${file}`, 'export {};');
  }
  workspace = writeWorkspace(files);
  disk = new Disk(workspace.root);
  packages = manifests.map(({ name }) => {
    const root = `node_modules/${name}`;
    const published = readManifest(disk, `${root}/package.json`)!;
    return { project: name!, root, name: name!, published, publishedRoot: root, outputs: [], publication };
  });
});

afterAll(() => workspace[Symbol.dispose]());

const leavesOf = ({ published }: WorkspacePackage): readonly MapLeaf[] =>
  published!.json.exports === undefined ? [] : listTargets('exports', published!.json.exports);

function keysOf(pkg: WorkspacePackage): ReadonlyMap<string, readonly MapLeaf[]> {
  const keys = new Map<string, readonly MapLeaf[]>();
  for (const leaf of leavesOf(pkg)) keys.set(leaf.pattern, [...(keys.get(leaf.pattern) ?? []), leaf]);
  return keys;
}

/** Every set of conditions that a resolver may set, limited to those in the key. */
function* conditionSets(leaves: readonly MapLeaf[]): Generator<ReadonlySet<string>> {
  const named = [...new Set(leaves.flatMap(({ conditions }) => conditions))].filter(
    (condition) => !['default', 'import', 'require'].includes(condition),
  );
  for (let bits = 0; bits < 2 ** named.length; bits++) {
    const set = named.filter((_, index) => (bits >> index) & 1);
    yield new Set([...set, 'import']);
    yield new Set([...set, 'require']);
    if (!set.some((condition) => BESIDE_MODE.includes(condition))) yield new Set(set);
  }
}

/** A subpath that only this key matches. */
const subpathOf = (pattern: string): string => pattern.replace('*', 'q-q');

describe(`unreachable entries of ${COUNT} random packages (seed ${SEED})`, () => {
  it('are the entries that no set of conditions selects', () => {
    let found = 0;
    const wrong: object[] = [];
    for (const pkg of packages) {
      const dead = new Set(unreachableEntriesOf(disk, pkg).map(({ place }) => place.start));
      const byKey = keysOf(pkg);
      for (const [pattern, leaves] of byKey) {
        if (pattern.endsWith('/') || pattern.split('*').length > 2) continue;
        const reached = new Set<string>();
        for (const set of conditionSets(leaves)) {
          const resolution = resolveExports(pkg.published!.json.exports, subpathOf(pattern), set);
          if ('pattern' in resolution && resolution.pattern !== pattern) continue;
          if (resolution.outcome !== 'not-listed') reached.add(resolution.jsonPath.join('\n'));
        }
        const isPlain = !JSON.stringify(pkg.published!.json.exports).match(
          /[[\d]|true|\.\.|bare|absolute|%|node_modules/,
        );
        for (const leaf of leaves) {
          if (leaf.target === null || leaf.conditions.some((condition) => /types|custom/.test(condition)))
            continue;
          if (leaf.target.endsWith('.d.ts')) continue;
          const isDead = dead.has(locateInManifest(pkg.published!, leaf.jsonPath, 'value').start);
          const isReached = reached.has(leaf.jsonPath.join('\n'));
          if (isDead) found++;
          if (isDead && isReached) wrong.push({ pkg: pkg.project, leaf, accused: true });
          if (!isDead && !isReached && isPlain)
            wrong.push({ exports: pkg.published!.json.exports, leaf, missed: true });
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(found).toBeGreaterThan(COUNT / 40);
  });

  it('are never the entries that TypeScript selects', () => {
    let found = 0;
    const wrong: object[] = [];
    for (const pkg of packages) {
      for (const { pattern, target, because, conditions } of unreachableEntriesOf(disk, pkg)) {
        if (because.kind !== 'declarations') continue;
        if (leavesOf(pkg).filter((leaf) => leaf.target === target).length > 1) continue;
        found++;
        for (const { options, mode } of WAYS) {
          const specifier = `${pkg.name}${pattern.slice(1)}`;
          const from = join(workspace.root, 'main.ts');
          const { resolvedModule } = ts.resolveModuleName(
            specifier,
            from,
            options,
            ts.sys,
            undefined,
            undefined,
            mode,
          );
          if (!resolvedModule) continue;
          const file = disk.toFilePath(resolvedModule.resolvedFileName);
          if (file === `${pkg.root}/${target!.slice(2)}`)
            wrong.push({ exports: pkg.published!.json.exports, pattern, conditions, file });
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(found).toBeGreaterThan(0);
  });
});

const WAYS: readonly { readonly options: ts.CompilerOptions; readonly mode: ts.ResolutionMode }[] = [
  ...([ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS] as const).map((mode) => ({
    options: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    mode,
  })),
  ...[undefined, ['browser'], ['custom', 'module-sync']].map((customConditions) => ({
    options: {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      ...(customConditions && { customConditions }),
    },
    mode: undefined,
  })),
];

describe(`invalid targets of ${COUNT} random packages (seed ${SEED})`, () => {
  it('contain all targets that resolving rejects', () => {
    let found = 0;
    const missed: object[] = [];
    for (const pkg of packages) {
      const reported = new Set(invalidTargetsOf(disk, pkg).map(({ path }) => path.join('\n')));
      for (const [pattern, leaves] of keysOf(pkg)) {
        for (const set of conditionSets(leaves)) {
          const resolution = resolveExports(pkg.published!.json.exports, subpathOf(pattern), set);
          // In an array it depends on the other targets under the same conditions, so the finding
          // is about the import.
          const inArray = resolution.jsonPath.some((key) => typeof key === 'number');
          if (resolution.outcome !== 'invalid-target' || inArray) continue;
          found++;
          if (!reported.has(resolution.jsonPath.join('\n')))
            missed.push({ exports: pkg.published!.json.exports, resolution });
        }
      }
    }
    expect(missed.slice(0, 3)).toEqual([]);
    expect(found).toBeGreaterThan(COUNT / 4);
  });
});
