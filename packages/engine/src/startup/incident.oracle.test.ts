import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderSurface } from '../change/surface-file.js';
import { surfaceOf } from '../change/surface-comparison.js';
import { normalizeOptions } from '../report/normalize-options.js';
import { mergeFindings } from '../report/merge-reports.js';
import { RULES } from '../rules/registry.js';
import { openRun } from '../session.js';
import { verify } from '../verify.js';
import { viewOf } from '../workspace-view.js';
import { loadProject } from './load-project.js';

const EXAMPLE = join(import.meta.dirname, '../../../../examples/incident');
const PACKAGES = ['packages/monitoring', 'packages/gateway', 'apps/api'];
const BARREL = 'packages/monitoring/src/index.ts';
const HEALTHY = `export { clearRequestContext, ErrorService, setRequestContext } from './error-reporter.js';
export { RateLimiter } from './rate-limiter.js';
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verify-exports-incident-'));
  const skipped = /[\\/](?:node_modules|dist|\.nx|\.verify-exports)(?:[\\/]|$)/;
  cpSync(EXAMPLE, root, { recursive: true, filter: (file) => !skipped.test(file.slice(EXAMPLE.length)) });
  mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
  for (const folder of PACKAGES)
    symlinkSync(join(root, folder), join(root, 'node_modules/@acme', folder.split('/')[1]!), 'junction');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The build of the example: each file alone. */
function build(): void {
  for (const folder of PACKAGES) {
    const src = join(root, folder, 'src');
    const files = readdirSync(src).filter((file) => file.endsWith('.ts'));
    buildSync({
      entryPoints: files.map((file) => join(src, file)),
      outdir: join(root, folder, 'dist'),
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
  }
}

/** The findings of one rule, with every other one switched off. */
async function findingsOf(code: string, more: object = {}) {
  const rules = Object.fromEntries(
    RULES.filter((rule) => rule.code !== code).map((rule) => [rule.code, 'off']),
  );
  const options = normalizeOptions({ rules, ...more });
  const run = openRun({ root });
  const reports = [];
  for (const { project } of run.workspace.packages) {
    const loads = await loadProject({ run, project, options });
    reports.push(verify({ run, project, options, loads }));
  }
  return mergeFindings(reports).filter(({ severity }) => severity === 'error');
}

describe('the incident', () => {
  it('is caught by the start-up check alone', async () => {
    build();
    const findings = await findingsOf('VE401', { load: true });
    expect(findings.map(({ file, message }) => [file, message])).toEqual([
      [
        'packages/gateway/dist/middleware.js',
        expect.stringContaining("does not provide an export named 'clearRequestContext'"),
      ],
    ]);
  });

  it('is caught by the surface file alone', async () => {
    const broken = readFileSync(join(root, BARREL), 'utf8');
    writeFileSync(join(root, BARREL), HEALTHY);
    build();
    const healthy = openRun({ root });
    const own = healthy.workspace.packages.find(({ name }) => name === '@acme/monitoring')!;
    writeFileSync(
      join(root, 'packages/monitoring/exports.surface.txt'),
      renderSurface(surfaceOf(viewOf(healthy, { conditions: [] }), own)),
    );
    expect(await findingsOf('VE501')).toEqual([]);
    writeFileSync(join(root, BARREL), broken);
    build();
    const findings = await findingsOf('VE501');
    expect(findings.map(({ name }) => name)).toEqual(['clearRequestContext', 'setRequestContext']);
    expect(findings[0]!.affected.projects).toEqual(['@acme/gateway', '@acme/monitoring']);
  });

  it('is caught by required names alone', async () => {
    build();
    const findings = await findingsOf('VE201', { mustExport: ['setRequestContext'], dependents: false });
    expect(findings.some(({ message }) => message.includes('(option `mustExport`)'))).toBe(true);
  });
});
