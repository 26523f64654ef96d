import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as engine from '@verify-exports/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../engine';
import { writeReport } from './write-report';

describe('writeReport', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'write-report-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const report = { project: 'app' } as Report;

  it('writes the report, makes git ignore its folder, and leaves no temporary file beside it', () => {
    writeReport(engine, root, 'packages/app', report);
    const folder = join(root, '.verify-exports/packages/app');
    expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'report.json']);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(report);
  });

  it('names the file if its folder cannot be made', () => {
    writeFileSync(join(root, '.verify-exports'), '');
    expect(() => writeReport(engine, root, '.', report)).toThrow(
      /^The report cannot be written to \.verify-exports\/report\.json: .*\. Make the folder writable\.$/,
    );
    expect(readdirSync(root)).toEqual(['.verify-exports']);
  });
});
