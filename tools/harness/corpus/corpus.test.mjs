import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assembleWorkspace } from './assemble-workspace.mjs';
import { checkFindings } from './check-findings.mjs';
import { compareAll } from './compare-all.mjs';
import { installPackages, readPackageList } from './install-packages.mjs';
import { checkWorkspace } from './check-workspace.mjs';

// A small part of the corpus. It needs the npm registry, and fails without it. `npm run corpus` checks the whole corpus.
const FAMILIES = ['workbox', 'd3', 'redux', 'noble'];
let folder;
let packages;
let verified;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'corpus-')));
  const list = readPackageList(FAMILIES);
  await installPackages({ folder: join(folder, 'install'), list: { ...list, others: {} } });
  packages = assembleWorkspace({ installed: join(folder, 'install'), root: join(folder, 'workspace'), list });
  verified = await checkWorkspace({ root: join(folder, 'workspace'), packages });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('checks every package without a crash, and checks the imports between them', () => {
  expect(verified.crashed).toEqual([]);
  const met = [...verified.reports.values()].reduce((sum, { coverage }) => sum + coverage.demands.met, 0);
  expect(packages.length).toBeGreaterThan(50);
  expect(met).toBeGreaterThan(500);
});

it('has no finding about code that Node and TypeScript accept', async () => {
  const findings = [...verified.reports.values()].flatMap((report) => report.findings);
  const checked = await checkFindings({ root: join(folder, 'workspace'), findings });
  expect(checked.filter(({ outcome }) => outcome === 'refuted' || outcome === 'unclear')).toEqual([]);
});

it('lists the names that Node exports from every entry point that it can import', async () => {
  const surfaces = await compareAll({ root: join(folder, 'workspace'), reports: verified.reports });
  const imported = surfaces.flatMap(({ name, compared }) =>
    compared.filter(({ mode }) => mode === 'import').map((one) => ({ name, ...one })),
  );
  expect(imported.length).toBeGreaterThan(60);
  expect(imported.filter(({ missing, extra }) => missing.length + extra.length > 0)).toEqual([]);
});
