// Every Nx major × every edit × every mode: `npm run e2e:matrix`. It takes long, so it is not part of `npm test`.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUnnoticed, keptBack, wrongWithCell, wrongWithFresh } from './check-cell';
import { EDITS } from './matrix-edits';
import { matrixWorkspace } from './matrix-workspace';
import { wantedMajors } from './nx-installation';
import { MODES } from './warm-workspace';
import type { Verdicts, WarmWorkspace } from './warm-workspace';

const wanted = (variable: string): ((id: string) => boolean) => {
  const list = process.env[variable]?.split(',');
  return (id) => list === undefined || list.includes(id);
};
const edits = EDITS.filter(({ id }) => wanted('VERIFY_E2E_EDITS')(id));
const modes = MODES.filter(({ id }) => wanted('VERIFY_E2E_MODES')(id));

/** One line per cell, for the table. */
function print(line: object): void {
  const file = process.env['VERIFY_E2E_RESULTS'];
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

describe.each(wantedMajors())('cached results on Nx %s', (major) => {
  let warm: WarmWorkspace;
  beforeAll(() => void (warm = matrixWorkspace(major)));
  afterAll(() => warm?.dispose());

  describe.each(edits)('$id: $title', (edit) => {
    let fresh: Verdicts;
    it('has a correct result in a run without a cache', () => {
      fresh = warm.fresh(edit);
      const wrong = wrongWithFresh(edit, fresh);
      print({ major, edit: edit.id, mode: 'fresh', wrong });
      expect(wrong, fresh.output).toEqual([]);
    });

    it.each(modes)('$id', (mode) => {
      const cached = warm.after(edit, mode);
      const all = wrongWithCell(edit, mode, cached, fresh);
      const deaf = isUnnoticed(edit, mode, cached);
      const notOurs = deaf ? all : keptBack(mode, cached, fresh, all);
      const wrong = all.filter((reason) => !notOurs.includes(reason));
      print({ major, edit: edit.id, mode: mode.id, wrong, unnoticed: deaf || notOurs.length > 0 });
      if (deaf) expect(major, 'the daemon notices what is gone').toBeLessThan(22);
      else if (notOurs.length > 0) expect(major, 'the daemon writes the graph').toBe(22);
      expect(wrong, cached.output).toEqual([]);
    });
  });
});
