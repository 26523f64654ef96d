import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRun, projectsIn, verify } from './public-api.js';

describe('projectsIn', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'public-api-'));
    writeFileSync(join(root, 'package.json'), '{ "workspaces": ["packages/*"] }');
    for (const name of ['one', 'two']) {
      mkdirSync(join(root, 'packages', name), { recursive: true });
      writeFileSync(join(root, 'packages', name, 'package.json'), `{ "name": "@acme/${name}" }`);
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('returns the names that verify accepts', () => {
    const run = openRun({ root });
    const reports = projectsIn(run).map((project) => verify({ run, project }));
    expect(reports.map((report) => report.package)).toEqual(['@acme/one', '@acme/two']);
  });
});
