import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeAll, renderAll } from '../../test/judge-workspace.js';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
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
      it(basename(file, '.case'), () => {
        const text = readFileSync(join(folder, file), 'utf8');
        const all = parseTextFiles(text);
        using workspace = writeWorkspace(new Map([...all].filter(([path]) => path !== 'expected')));
        const reports = judgeAll(workspace.root);
        const rendered = renderAll(reports);
        if (update) writeFileSync(join(folder, file), `${text.split(/^-- expected --$/m)[0]}-- expected --\n${rendered}`);
        else expect(rendered).toBe(all.get('expected'));
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
