import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCase } from '../test/case-file.js';
import { editRandomly } from '../test/random-edits.js';
import { randomFrom } from '../test/random.js';
import { writeWorkspace } from '../test/text-workspace.js';
import type { VerifyOptions } from './model/options.js';
import { normalizeOptions } from './report/normalize-options.js';
import { renderJson } from './formats/render-json.js';
import { openRun } from './session.js';
import type { Run } from './session.js';
import { verify } from './verify.js';

const rules = join(import.meta.dirname, 'rules');
const CASES = readdirSync(rules, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.case'))
  .sort();

/** More with RENEWALS=1000; a failure prints its seed. */
const COUNT = Number(process.env['RENEWALS'] ?? 60);
const EDITS = 6;

/** Every report of a run, as its file contains it. */
function reportsOf(run: Run, options?: VerifyOptions): readonly string[] {
  return run.workspace.packages.map(({ project }) =>
    renderJson(verify({ run, project, ...(options && { options }) })),
  );
}

describe('a run that is opened from an earlier one', () => {
  it('writes the same reports as a new run after any edit', () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const random = randomFrom(seed);
      const name = random.pick(CASES);
      const { files, projects, options: given } = parseCase(readFileSync(join(rules, name), 'utf8'));
      const options = given && normalizeOptions(given);
      using workspace = writeWorkspace(files);
      const input = { root: workspace.root, ...(projects && { projects }) };
      let run = openRun(input);
      const done: string[] = [];
      for (let edits = 0; edits < EDITS; edits++) {
        reportsOf(run, options);
        const changed: string[] = [];
        for (let left = 1 + random.below(3); left > 0; left--) {
          const edited = editRandomly(workspace.root, random);
          changed.push(...edited.changed);
          done.push(edited.what);
        }
        run = openRun(input, { run, changed });
        expect(reportsOf(run, options), `seed ${seed}, ${name}: ${done.join('; ')}`).toEqual(
          reportsOf(openRun(input), options),
        );
      }
    }
  }, 600_000);

  const files = new Map([
    ['packages/a/package.json', '{ "name": "a", "type": "module", "exports": "./index.js" }'],
    ['packages/a/index.js', 'export const one = 1;\n'],
    [
      'packages/b/package.json',
      '{ "name": "b", "type": "module", "exports": "./index.js", "dependencies": { "a": "*" } }',
    ],
    ['packages/b/index.js', "import { one } from 'a';\nexport default one;\n"],
  ]);
  const verdict = (run: Run): string => verify({ run, project: 'b' }).verdict;

  it('reuses unchanged files, but no file of another root', () => {
    using workspace = writeWorkspace(files);
    using other = writeWorkspace(files);
    const { root } = workspace;
    const first = openRun({ root });
    expect(verdict(first)).toBe('pass');
    for (const folder of [workspace, other])
      writeFileSync(join(folder.root, 'packages/a/index.js'), 'export const two = 1;\n');
    const second = openRun({ root }, { run: first, changed: [] });
    expect(verdict(second)).toBe('pass');
    expect(verdict(openRun({ root: other.root }, { run: second, changed: [] }))).toBe('fail');
    expect(verdict(openRun({ root }, { run: second, changed: ['packages/a/index.js'] }))).toBe('fail');
    expect(verdict(openRun({ root }, { run: second, changed: ['packages/a'] }))).toBe('fail');
    expect(verdict(openRun({ root }, { run: second, changed: ['.'] }))).toBe('fail');
  });

  it('does not reuse a file that an edit in memory replaces', () => {
    using workspace = writeWorkspace(files);
    const { root } = workspace;
    const overlay = new Map([['packages/a/index.js', 'export const two = 1;\n']]);
    const plain = openRun({ root });
    expect(verdict(plain)).toBe('pass');
    const edited = openRun({ root, overlay }, { run: plain, changed: [] });
    expect(verdict(edited)).toBe('fail');
    expect(verdict(openRun({ root }, { run: edited, changed: [] }))).toBe('pass');
  });
});
