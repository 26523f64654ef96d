import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedTarballs } from './packed-tarballs';

const repository = join(import.meta.dirname, '..', '..');

describe('the published packages', () => {
  let root: string;
  const filesOf = (name: string) =>
    readdirSync(join(root, 'node_modules/@verify-exports', name), { recursive: true, encoding: 'utf8' });

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'published-'));
    const tarballs = packedTarballs();
    for (const name of ['engine', 'nx'] as const) {
      const folder = join(root, 'node_modules/@verify-exports', name);
      mkdirSync(folder, { recursive: true });
      execFileSync('tar', ['-xzf', tarballs[name], '-C', folder, '--strip-components=1']);
    }
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['engine', ['dist/cli.d.ts', 'dist/index.d.ts', 'dist/load-engine.d.ts']],
    ['nx', ['dist/plugin.d.ts', 'dist/workspace.d.ts']],
  ])('%s has a license and one file of declarations for each entry point', (name, declarations) => {
    const files = filesOf(name);
    expect(files).toContain('LICENSE');
    expect(files.filter((file) => file.endsWith('.d.ts'))).toEqual(declarations);
    expect(files.filter((file) => /\.test\.|tsbuildinfo|project\.json/.test(file))).toEqual([]);
  });

  it.each(['plugin', 'executors/verify-exports/executor', 'executors/verify-exports/batch'])(
    'nx loads %s as one file, because every task and command loads it',
    (entry) => {
      // What the packages need besides, as an installation has it.
      const modules = join(repository, 'node_modules');
      const program = `
        require(${JSON.stringify(join(root, 'node_modules/@verify-exports/nx/dist', entry))});
        const own = Object.keys(require.cache).filter((file) => /@verify-exports[\\\\/]nx/.test(file));
        console.log(own.length);
      `;
      const options = { encoding: 'utf8', env: { ...process.env, NODE_PATH: modules } } as const;
      const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], options);
      expect(stdout, stderr).toBe('1\n');
    },
  );

  it('engine has types that TypeScript accepts, and a run without members', () => {
    const program = `
      import { normalizeOptions, openRun, renderText, verify, VerifyError } from '@verify-exports/engine';
      import type { Report, Run } from '@verify-exports/engine';
      export function check(root: string): Report | undefined {
        try {
          const run: Run = openRun({ root });
          const report = verify({ run, project: 'a', options: normalizeOptions({ strict: true }) });
          console.log(renderText(report));
          // @ts-expect-error A run is opaque.
          run.workspace;
          return report;
        } catch (error) {
          if (error instanceof VerifyError) console.log(error.problem.remedy);
          return undefined;
        }
      }
    `;
    expect(typesOf(program)).toBe('');
    expect(typesOf(program.replace('strict: true })', 'strict: true }, 1)'))).toContain('TS2554');
  });

  function typesOf(program: string): string {
    writeFileSync(join(root, 'consumer.ts'), program);
    const tsc = join(repository, 'node_modules/typescript/bin/tsc');
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023,dom',
    ];
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, '--types', '', 'consumer.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    return stdout;
  }
});
