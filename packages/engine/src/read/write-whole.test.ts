import { spawnSync } from 'node:child_process';
import {
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './write-whole.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-exports-write-'));
  mkdirSync(join(folder, 'workspace'));
  mkdirSync(join(folder, 'elsewhere'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inside = (...path: readonly string[]): string => join(folder, 'workspace', ...path);

describe('writeWhole', () => {
  // The plugin needs both without the engine: it is loaded with every Nx command.
  it.each([
    ['write-whole.ts', 'write-whole.ts'],
    ['tsconfig-reads.ts', 'graph/tsconfig-reads.ts'],
  ])('has the same text in both packages: %s', (own, twin) => {
    const text = readFileSync(join(import.meta.dirname, '../../../nx/src', twin), 'utf8');
    expect(text).toBe(readFileSync(join(import.meta.dirname, own), 'utf8'));
  });

  it('writes nothing through a folder that is a link out of the workspace', () => {
    symlinkSync(join(folder, 'elsewhere'), inside('.verify-exports'), 'junction');
    const file = inside('.verify-exports', 'packages', 'a', 'report.json');
    expect(() => writeWhole(file, 'x', inside())).toThrow(
      '.verify-exports is a link that leads out of the workspace',
    );
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  it('writes through a link that stays inside', () => {
    mkdirSync(inside('reports'));
    symlinkSync(inside('reports'), inside('.verify-exports'), 'junction');
    writeWhole(inside('.verify-exports', 'a', 'report.json'), 'x', inside());
    expect(readFileSync(inside('reports', 'a', 'report.json'), 'utf8')).toBe('x');
  });

  it('replaces a link at its own path and keeps the file that the link names', () => {
    writeFileSync(join(folder, 'elsewhere', 'secret'), 'kept');
    symlinkSync(join(folder, 'elsewhere', 'secret'), inside('report.json'));
    writeWhole(inside('report.json'), 'x', inside());
    expect(readFileSync(join(folder, 'elsewhere', 'secret'), 'utf8')).toBe('kept');
    expect(readFileSync(inside('report.json'), 'utf8')).toBe('x');
  });

  it('removes what a killed process left behind, and keeps the file of a running one', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(inside(`report.json.${pid}.tmp`), 'left');
    writeFileSync(inside(`report.json.${process.ppid}.tmp`), 'in use');
    writeFileSync(inside(`other.json.${pid}.tmp`), 'not ours');
    writeWhole(inside('report.json'), 'x', inside());
    expect(readdirSync(inside()).toSorted()).toEqual(
      [`other.json.${pid}.tmp`, 'report.json', `report.json.${process.ppid}.tmp`].toSorted(),
    );
  });
});
