import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCase } from '../test/case-file.js';
import { writeWorkspace } from '../test/text-workspace.js';
import type { VerifyOptions } from './model/options.js';
import type { WorkspaceInput } from './model/workspace.js';
import { renderJson } from './formats/render-json.js';
import { openRun } from './session.js';
import { verify } from './verify.js';

const rules = join(import.meta.dirname, 'rules');
const CASES = readdirSync(rules, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.case'))
  .sort();

function projectsOf(input: WorkspaceInput): readonly string[] {
  return openRun(input).workspace.packages.map(({ project }) => project);
}

/** The reports of some projects, checked in the given order in one run, by project. */
function reportsOf(
  input: WorkspaceInput,
  projects: readonly string[],
  options: VerifyOptions = {},
): ReadonlyMap<string, string> {
  const run = openRun(input);
  return new Map(projects.map((project) => [project, renderJson(verify({ run, project, options }))]));
}

describe('a report', () => {
  it.each(CASES)('does not depend on the projects that were checked before: %s', (name) => {
    const { files, projects, options } = parseCase(readFileSync(join(rules, name), 'utf8'));
    using workspace = writeWorkspace(files);
    const input = { root: workspace.root, ...(projects && { projects }) };
    const order = projectsOf(input);
    const reports = reportsOf(input, order, options);
    // The first project of each order is checked as if it were alone.
    expect(reportsOf(input, order.toReversed(), options)).toEqual(reports);
  });

  it('names an unreadable folder only if it belongs to the project', () => {
    const files = ['a', 'b'].flatMap((name): [string, string][] => [
      [
        `packages/${name}/package.json`,
        `{ "name": "${name}", "type": "module", "exports": "./dist/index.js" }`,
      ],
      [`packages/${name}/dist/index.js`, 'export const one = 1;\n'],
    ]);
    using workspace = writeWorkspace(new Map(files));
    const loop = join(workspace.root, 'packages/b/more');
    rmSync(loop, { force: true });
    symlinkSync(loop, loop);
    const projects = ['a', 'b'].map((name) => ({
      name,
      root: `packages/${name}`,
      outputs: [`packages/${name}/dist`, `packages/${name}/more`],
    }));
    const input = { root: workspace.root, projects };
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const reports = reportsOf(input, order);
      expect(reports.get('a')).not.toContain('cannot be read');
      expect(reports.get('b')).toContain('packages/b/more cannot be read (ELOOP).');
    }
  });
});
