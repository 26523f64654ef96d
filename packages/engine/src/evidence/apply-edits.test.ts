import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import type { Edit, Finding } from '../model/report.js';
import type { ProjectInput } from '../model/workspace.js';
import { mergeFindings } from '../report/merge-reports.js';

/**
 * Workspaces whose provider's build is a plain copy of its sources, each with one breakage whose
 * fix has edits.
 */
const BROKEN: Readonly<Record<string, string>> = {
  'a forgotten re-export': `
-- packages/lib/package.json --
{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }
-- packages/lib/src/index.js --
export { kept } from './kept.js';
-- packages/lib/src/kept.js --
export const kept = 1;
-- packages/lib/src/deep/lost.js --
export const lost = 1;
-- packages/app/package.json --
{ "name": "@acme/app", "type": "module", "dependencies": { "@acme/lib": "*" } }
-- packages/app/main.js --
import { kept, lost } from '@acme/lib';`,

  'a name that is private where it is declared': `
-- packages/lib/package.json --
{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }
-- packages/lib/src/index.ts crlf --
export * from "./kept.js"

-- packages/lib/src/kept.ts crlf --
export const kept = 1

async function lost() {}
-- packages/app/package.json --
{ "name": "@acme/app", "type": "module", "dependencies": { "@acme/lib": "*" } }
-- packages/app/main.js --
import { kept, lost } from '@acme/lib';`,

  'a name that is private in the entry file itself': `
-- packages/lib/package.json --
{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }
-- packages/lib/src/index.ts crlf --
export const kept = 1;
const other = 1, lost = 2;
-- packages/app/package.json --
{ "name": "@acme/app", "type": "module", "dependencies": { "@acme/lib": "*" } }
-- packages/app/main.js --
import { kept, lost } from '@acme/lib';`,

  'a subpath that is not listed': `
-- packages/lib/package.json --
{
\t"name": "@acme/lib",
\t"type": "module",
\t"exports": {
\t\t".": { "import": "./dist/index.js" }
\t}
}
-- packages/lib/src/index.js --
export const kept = 1;
-- packages/lib/src/testing/index.js --
export const lost = 1;
-- packages/app/package.json --
{ "name": "@acme/app", "type": "module", "dependencies": { "@acme/lib": "*" } }
-- packages/app/main.js --
import { lost } from '@acme/lib/testing';`,

  'a dependency that is not declared': `
-- packages/lib/package.json --
{ "name": "@acme/lib", "type": "module", "exports": "./dist/index.js" }
-- packages/lib/src/index.js --
export const kept = 1;
-- packages/app/package.json --
{
  "name": "@acme/app",
  "type": "module"
}
-- packages/app/main.js --
import { kept } from '@acme/lib';`,
};

const PROJECTS: readonly ProjectInput[] = [
  { name: 'lib', root: 'packages/lib', outputs: ['packages/lib/dist'] },
  { name: 'app', root: 'packages/app' },
];

describe.each(Object.entries(BROKEN))('the edits for %s', (_, text) => {
  it('fix it after the provider is rebuilt', () => {
    using workspace = writeWorkspace(parseTextFiles(text));
    const { root } = workspace;
    build(root);
    const findings = findingsIn(root);
    expect(findings).toHaveLength(1);
    const edits = findings[0]!.fix!.edits;
    expect(edits.length).toBeGreaterThan(0);
    applyEdits(root, edits);
    build(root);
    expect(findingsIn(root)).toEqual([]);
  });
});

/** Copies src to dist; a .ts file, which here is plain JavaScript, becomes a .js file. */
function build(root: string): void {
  const source = join(root, 'packages/lib/src');
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = from.replace(source, join(root, 'packages/lib/dist')).replace(/\.ts$/, '.js');
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, readFileSync(from));
  }
}

function findingsIn(root: string): readonly Finding[] {
  return mergeFindings(checkAll(root, undefined, PROJECTS));
}

/** From the end to the start, so that offsets hold. */
function applyEdits(root: string, edits: readonly Edit[]): void {
  for (const { file, start, end, text } of edits.toSorted((a, b) => b.start - a.start)) {
    const path = join(root, file);
    const before = readFileSync(path, 'utf8');
    const after = before.slice(0, start) + text + before.slice(end);
    // A file is either CRLF throughout or not at all.
    if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    writeFileSync(path, after);
  }
}
