// Every Nx major × every run that could replay a stale pass: `npm run e2e:matrix -- …`, see tools/e2e/long.mjs.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedMajors } from './nx-installation';
import { STALE_PASS_RUNS } from './stale-pass-runs';
import { StalePassWorkspace } from './stale-pass-workspace';

const list = process.env['VERIFY_E2E_EDITS']?.split(',');
const runs = STALE_PASS_RUNS.filter(({ id }) => list === undefined || list.includes(id));

function record(line: object): void {
  const file = process.env['VERIFY_E2E_RESULTS']!;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

describe.each(wantedMajors())('a pass on Nx %s', (major) => {
  let workspace: StalePassWorkspace;
  beforeAll(() => void (workspace = new StalePassWorkspace(major)));
  afterAll(() => workspace?.dispose());

  it.each(runs.filter(({ since = major, until = major }) => since <= major && major <= until))(
    'is never stale: $id, $title',
    (run) => {
      const { wrong, output } = workspace.try(run);
      record({ major, edit: run.id, mode: 'stale pass', wrong });
      expect(wrong, output).toEqual([]);
    },
  );
});
