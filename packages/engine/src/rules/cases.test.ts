import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCase } from '../../test/case-file.js';
import { checkAllLoaded, renderAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { normalizeOptions } from '../report/normalize-options.js';
import { RULES } from './registry.js';

const here = import.meta.dirname;
const update = process.env['UPDATE_CASES'] !== undefined;

/**
 * Every rule runs on every case. The whole rendering is compared, so that an extra finding of any
 * rule fails.
 */
for (const rule of RULES) {
  const cases = casesOf(rule.name);
  describe(`${rule.code} ${rule.name}`, () => {
    for (const { file, path, text, given } of cases) {
      it(`${basename(file, '.case')}: ${given.title}`, async () => {
        using workspace = writeWorkspace(given.files);
        const options = given.options && normalizeOptions(given.options);
        const rendered = renderAll(await checkAllLoaded(workspace.root, options, given.projects));
        if (update) {
          const [before] = text.split(/^-- expected --$/m);
          writeFileSync(path, `${before!.trimEnd()}\n\n-- expected --\n${rendered}`);
        } else expect(rendered).toBe(given.expected);
      });
    }

    // The tests above prove that the rendering in the file is what the rules say. So these two need
    // no run of their own.
    it('has a case in which it reports', () => {
      expect(cases.filter(({ given }) => reports(given.expected, rule.code))).not.toEqual([]);
    });

    it('has a lookalike in which it stays silent', () => {
      expect(cases.filter(({ given }) => !reports(given.expected, rule.code))).not.toEqual([]);
    });
  });
}

function casesOf(rule: string) {
  const folder = join(here, rule, 'cases');
  const files = readdirSync(folder).filter((file) => file.endsWith('.case'));
  return files.map((file) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    return { file, path, text, given: parseCase(text) };
  });
}

/** Whether a rendering has a finding of a rule: `file:line:column - error VE201 missing-export`. */
function reports(rendered: string | undefined, code: string): boolean {
  return new RegExp(`^\\S.* - (error|warning|info) ${code} `, 'm').test(rendered ?? '');
}
