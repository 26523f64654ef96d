import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCase, titleOf } from '../../test/case-file.js';
import { judgeAll, renderAll } from '../../test/judge-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { mergeFindings } from '../report/merge-reports.js';
import { RULES } from './registry.js';

const here = import.meta.dirname;
const update = process.env['UPDATE_CASES'] !== undefined;

/** Every rule runs on every case; the whole rendering is compared, so that an extra finding of any rule fails. */
for (const rule of RULES) {
  describe(`${rule.code} ${rule.name}`, () => {
    const folder = join(here, rule.name, 'cases');
    const files = readdirSync(folder).filter((file) => file.endsWith('.case'));
    let lookalikes = 0;
    let fired = 0;

    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      it(`${titleOf(text)} (${basename(file, '.case')})`, () => {
        const given = parseCase(text);
        using workspace = writeWorkspace(given.files);
        const reports = judgeAll(workspace.root, given.options, given.projects);
        const rendered = renderAll(reports);
        if (update) {
          const [before] = text.split(/^-- expected --$/m);
          writeFileSync(join(folder, file), `${before!.trimEnd()}\n\n-- expected --\n${rendered}`);
        } else expect(rendered).toBe(given.expected);
        const codes = new Set(mergeFindings(reports).map(({ code }) => code));
        if (codes.has(rule.code)) fired += 1;
        else lookalikes += 1;
      });
    }

    it('has a case where it fires and a lookalike where it stays silent', () => {
      expect({ fired: fired > 0, lookalikes: lookalikes > 0 }).toEqual({ fired: true, lookalikes: true });
    });
  });
}
