// Oracles: Node resolves the same specifiers in the same random packages (import.meta.resolve,
// require.resolve), and so does the TypeScript compiler with `nodenext`. Seeded; VERIFY_SEED and
// VERIFY_CASES vary it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript6';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryResolution, Mode } from '../model/demand.js';
import type { PackageJson, WorkspacePackage } from '../model/workspace.js';
import { Disk } from '../read/disk.js';
import { readManifest } from '../read/read-manifest.js';
import { PACKAGE_FILES, randomManifest, seeded, SUBPATHS } from '../../test/random-packages.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { DiskWorkspace } from '../../test/text-workspace.js';
import { resolveEntry } from './resolve-entry.js';

const SEED = Number(process.env['VERIFY_SEED'] ?? 1);
const COUNT = Number(process.env['VERIFY_CASES'] ?? 400);
const MODES = ['import', 'require'] as const satisfies readonly Mode[];

/** Runs in Node beside the packages: one answer per line of cases, a path, or an error's code. */
const ASK = `
import { createRequire } from 'node:module';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
const require = createRequire(import.meta.url);
const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile();
function ask(mode, specifier) {
  try {
    const path = mode === 'require' ? require.resolve(specifier) : fileURLToPath(import.meta.resolve(specifier));
    return isFile(path) ? path : 'MODULE_NOT_FOUND';
  } catch (error) {
    return error.code.replace(/^(ERR_MODULE_NOT_FOUND|ENOTDIR)$/, 'MODULE_NOT_FOUND');
  }
}
const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8'));
console.log(JSON.stringify(cases.map(([mode, specifier]) => ask(mode, specifier))));
`;

const CODES: Readonly<Record<Exclude<EntryResolution['outcome'], 'file'>, readonly string[]>> = {
  'file-missing': ['MODULE_NOT_FOUND'],
  directory: ['MODULE_NOT_FOUND'],
  'no-entry': ['MODULE_NOT_FOUND'],
  'not-listed': ['ERR_PACKAGE_PATH_NOT_EXPORTED'],
  blocked: ['ERR_PACKAGE_PATH_NOT_EXPORTED'],
  'no-condition': ['ERR_PACKAGE_PATH_NOT_EXPORTED'],
  'invalid-target': ['ERR_INVALID_PACKAGE_TARGET', 'ERR_INVALID_MODULE_SPECIFIER'],
};

interface Case {
  readonly json: PackageJson;
  readonly pkg: WorkspacePackage;
  readonly mode: Mode;
  readonly subpath: string;
  readonly specifier: string;
}

const publication = { published: true, reason: '' };
let workspace: DiskWorkspace;
let disk: Disk;
let cases: readonly Case[];

beforeAll(() => {
  const random = seeded(SEED);
  const manifests = Array.from({ length: COUNT }, (_, index) => randomManifest(random, `p${index}`));
  const files = new Map<string, string>();
  for (const json of manifests) {
    const folder = `node_modules/${json.name}`;
    files.set(`${folder}/package.json`, JSON.stringify(json));
    for (const file of PACKAGE_FILES) if (random(8) > 0) files.set(`${folder}/${file}`, 'export {};');
  }
  workspace = writeWorkspace(files);
  disk = new Disk(workspace.root);
  cases = manifests.flatMap((json) => {
    const root = `node_modules/${json.name}`;
    const published = readManifest(disk, `${root}/package.json`)!;
    const pkg = {
      project: json.name!,
      root,
      name: json.name!,
      published,
      publishedRoot: root,
      outputs: [],
      publication,
    };
    return SUBPATHS.flatMap((subpath) =>
      MODES.map((mode) => ({ json, pkg, mode, subpath, specifier: `${json.name}${subpath.slice(1)}` })),
    );
  });
});

afterAll(() => workspace[Symbol.dispose]());

describe('runtime entry points', () => {
  it(`resolve as in Node, in ${COUNT} random packages (seed ${SEED})`, () => {
    writeFileSync(join(workspace.root, 'ask.mjs'), ASK);
    writeFileSync(
      join(workspace.root, 'cases.json'),
      JSON.stringify(cases.map(({ mode, specifier }) => [mode, specifier])),
    );
    const script = join(workspace.root, 'ask.mjs');
    const output = execFileSync(process.execPath, ['--no-deprecation', script], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const answers = JSON.parse(output) as readonly string[];
    const seen = new Set<string>();
    const differences = cases.flatMap((asked, index) => {
      const resolution = resolveEntry(disk, asked.pkg, asked.subpath, {
        mode: asked.mode,
        phase: 'runtime',
        conditions: [],
      });
      seen.add(resolution.outcome);
      const wanted = answers[index]!;
      const same =
        resolution.outcome === 'file'
          ? disk.toFilePath(wanted) === resolution.file
          : CODES[resolution.outcome].includes(wanted);
      return same ? [] : [{ ...describeCase(asked), node: wanted, ours: resolution }];
    });
    expect(differences.slice(0, 3)).toEqual([]);
    expect(differences.length).toBe(0);
    // The cases reach every outcome, so that agreement means something.
    expect([...seen].sort()).toEqual(['file', ...Object.keys(CODES)].sort());
  });
});

describe('types entry points', () => {
  it(`resolve as in TypeScript with nodenext, in ${COUNT} random packages (seed ${SEED})`, () => {
    const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
    const cache = ts.createModuleResolutionCache(workspace.root, (name) => name, options);
    let found = 0;
    const differences = cases.filter(isComparable).flatMap((asked) => {
      const mode = asked.mode === 'import' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
      const from = join(workspace.root, 'main.ts');
      const { resolvedModule } = ts.resolveModuleName(
        asked.specifier,
        from,
        options,
        ts.sys,
        cache,
        undefined,
        mode,
      );
      const typed = resolvedModule && !/\.[cm]?jsx?$/.test(resolvedModule.resolvedFileName);
      const wanted = typed ? disk.toFilePath(resolvedModule.resolvedFileName) : undefined;
      const ours = resolveEntry(disk, asked.pkg, asked.subpath, {
        mode: asked.mode,
        phase: 'types',
        conditions: [],
      });
      const file = ours.outcome === 'file' ? ours.file : undefined;
      if (wanted !== undefined) found++;
      return file === wanted ? [] : [{ ...describeCase(asked), typescript: wanted, ours }];
    });
    expect(differences.slice(0, 3)).toEqual([]);
    expect(differences.length).toBe(0);
    expect(found).toBeGreaterThan(COUNT);
  });
});

/**
 * Left out, because TypeScript follows them and Node does not: folder mappings, and patterns whose
 * parts before and after `*` overlap in the subpath.
 */
function isComparable({ json, subpath }: Case): boolean {
  return !Object.keys(Object(json.exports) as object).some((key) => {
    const [before, after] = key.split('*');
    const overlaps = after !== undefined && subpath.startsWith(before!) && subpath.endsWith(after);
    return key === './folder/' || (overlaps && subpath.length < key.length);
  });
}

function describeCase({ json, mode, specifier }: Case): object {
  return { manifest: JSON.stringify(json), mode, specifier };
}
