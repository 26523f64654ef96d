import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateWorkspace } from './generate-workspace.mjs';

const repository = new URL('../..', import.meta.url).pathname;
const tsc = join(repository, 'node_modules/typescript/bin/tsc');

describe('generateWorkspace', () => {
  let root;
  let plan;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bench-'));
    plan = generateWorkspace({ root, packages: 12, modules: 14 }).packages;
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('writes sources that TypeScript accepts against the built declarations', () => {
    expect(() => execFileSync(process.execPath, [tsc, '-p', root], { encoding: 'utf8' })).not.toThrow();
  });

  it('writes output that Node imports, and requires where a package is dual', () => {
    const script = plan.flatMap(({ name, dual }) => [
      `await import('${name}'); await import('${name}/testing');`,
      dual ? `require('${name}'); require('${name}/testing');` : '',
    ]);
    const code = `import { createRequire } from 'node:module'; const require = createRequire('${root}/x.cjs'); ${script.join('')}`;
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' }),
    ).not.toThrow();
  });

  it('exports the same names as the output of tsc', async () => {
    const { folder, name } = plan.find(({ dual }) => dual);
    const emitted = join(root, 'emitted');
    execFileSync(process.execPath, [
      tsc,
      '-p',
      root,
      '--noEmit',
      'false',
      '--outDir',
      emitted,
      '--rootDir',
      root,
    ]);
    const load = async (file) =>
      Object.keys(await import(/* @vite-ignore */ pathToFileURL(file).href)).sort();
    const built = await load(join(root, folder, 'dist/index.js'));
    expect(built).toEqual(await load(join(emitted, folder, 'src/index.js')));
    const required = createRequire(join(root, 'x.cjs'))(name);
    expect(Object.keys(required).sort()).toEqual(built);
  });

  it('generates both kinds of packages, and modules that are not re-exported', () => {
    expect(new Set(plan.map(({ dual }) => dual))).toEqual(new Set([true, false]));
    expect(plan.some(({ barrel, modules }) => barrel.length < modules.length)).toBe(true);
    expect(readdirSync(join(root, plan[0].folder, 'src'))).toHaveLength(14);
    expect(readFileSync(join(root, plan[0].folder, 'dist/index.d.ts'), 'utf8')).toMatch(/export \{.*type /);
  });
});
