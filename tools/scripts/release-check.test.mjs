import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseFaults, writeStatedFields } from './release-check.mjs';

const repository = join(import.meta.dirname, '../..');
const STATED = {
  repository: 'https://example.org/acme/checks.git',
  homepage: 'https://example.org/acme/checks',
  bugs: 'https://example.org/acme/checks/issues',
};

describe('releaseFaults', () => {
  let root;
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const change = (file, fields) =>
    writeFileSync(join(root, file), JSON.stringify({ ...read(file), ...fields }));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'release-'));
    cpSync(join(repository, 'package.json'), join(root, 'package.json'));
    for (const folder of ['packages/engine', 'packages/nx']) {
      mkdirSync(join(root, folder), { recursive: true });
      for (const file of ['package.json', 'LICENSE'])
        cpSync(join(repository, folder, file), join(root, folder, file));
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('names the fields that the owner has not filled in', () => {
    change('package.json', { ...STATED, repository: '', bugs: undefined });
    expect(releaseFaults(root)).toEqual([
      'package.json has no repository, no bugs. Fill in each field, then run `node tools/scripts/release-check.mjs --write`.',
    ]);
  });

  it('asks to copy the fields into both packages, and is content after that', () => {
    change('package.json', STATED);
    expect(releaseFaults(root)).toHaveLength(6);
    writeStatedFields(root);
    expect(releaseFaults(root)).toEqual([]);
    expect(read('packages/nx/package.json')).toMatchObject({
      repository: { type: 'git', url: STATED.repository, directory: 'packages/nx' },
      homepage: STATED.homepage,
      bugs: STATED.bugs,
    });
  });

  it('needs provenance, public access and a license file', () => {
    change('package.json', STATED);
    writeStatedFields(root);
    change('packages/engine/package.json', { publishConfig: { access: 'public' } });
    rmSync(join(root, 'packages/nx/LICENSE'));
    expect(releaseFaults(root)).toEqual([
      'packages/engine/package.json must set publishConfig to { "access": "public", "provenance": true }.',
      'packages/nx has no license. Add the field and the file LICENSE.',
    ]);
  });
});
