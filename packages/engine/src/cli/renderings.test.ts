import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MONITORING } from '../../test/monitoring-workspace.js';
import { runCommand } from '../../test/run-command.js';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';

const page = join(import.meta.dirname, '../../test/renderings.txt');
const update = process.env['UPDATE_CASES'] !== undefined;

/** Every kind of output on one terminal: an error with evidence, a warning, an unbuilt package and an unknown. */
const WORKSPACE = new Map([
  ...MONITORING,
  ...parseTextFiles(`-- packages/raw/package.json --
{ "name": "@acme/raw", "version": "1.0.0", "main": "dist/index.js", "scripts": { "build": "tsc" } }
-- packages/raw/src/index.ts --
export {};
-- packages/opaque/package.json --
{ "name": "@acme/opaque", "version": "1.0.0", "main": "index.js", "module": "missing.js" }
-- packages/opaque/index.js --
module.exports = require('./create.js')();
-- packages/opaque/create.js --
module.exports = () => ({ [process.env.NAME]: 1 });
-- packages/many/package.json --
{ "name": "@acme/many", "private": true, "type": "module", "dependencies": { "@acme/monitoring": "*", "@acme/opaque": "*" } }
-- packages/many/src/a.ts --
import { setRequestContext } from '@acme/monitoring';
setRequestContext('a');
-- packages/many/src/b.ts --
import { setRequestContext } from '@acme/monitoring';
setRequestContext('b');
-- packages/many/src/c.ts --
import { setRequestContext } from '@acme/monitoring';
import { name } from '@acme/opaque';
setRequestContext(name);
-- packages/many/src/d.ts --
import { setRequestContext } from '@acme/monitoring';
setRequestContext('d');
`),
]);

const TERMINALS = [
  ['no terminal', ['check'], {}],
  ['a wide terminal with colours', ['check'], { columns: 120 }],
  ['a narrow terminal with colours', ['check'], { columns: 50 }],
  ['a wide terminal with colours and links', ['check'], { columns: 120, env: { FORCE_HYPERLINK: '1' } }],
  ['a wide terminal without colours', ['check'], { columns: 120, env: { NO_COLOR: '1' } }],
  ['no terminal, with everything', ['check', '--verbose'], {}],
  ['no terminal, explaining', ['explain', '@acme/monitoring'], {}],
  ['no terminal, listing', ['inventory', '@acme/monitoring'], {}],
  ['no terminal, who is affected', ['affected-by', '@acme/monitoring#setRequestContext'], {}],
  ['a narrow terminal, help', ['--help'], { columns: 60 }],
  ['a wide terminal, help of check', ['check', '--help'], { columns: 110 }],
] as const;

it('prints whole renderings as they are recorded', async () => {
  using workspace = writeWorkspace(WORKSPACE);
  const parts: string[] = [];
  for (const [title, args, terminal] of TERMINALS) {
    const { out, status } = await runCommand(workspace.root, args, terminal);
    const shown = out
      .replaceAll('\u001B', '\\e')
      .replaceAll('\u0007', '\\a')
      .replaceAll(/file:\/\/[^\\]*\/src\/rules\//g, 'file:///…/src/rules/');
    parts.push(`=== ${title}: verify-exports ${args.join(' ')} (exit status ${status})\n${shown}`);
  }
  const text = parts.join('\n');
  expect(text).not.toContain(workspace.root);
  if (update) writeFileSync(page, text);
  else expect(text).toBe(readFileSync(page, 'utf8'));
});
