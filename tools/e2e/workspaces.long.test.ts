// Every kind of workspace: `npm run e2e:workspaces`. Installs package managers and runs real generators, so it takes minutes.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe } from 'vitest';
import { wantedMajors } from './nx-installation';
import { tryWorkspace } from './try-workspace';
import { KINDS } from './workspace-kinds';

const wanted = process.env['VERIFY_E2E_KINDS']?.split(',');
const kinds = KINDS.filter(({ id }) => wanted === undefined || wanted.includes(id));

function print(line: object): void {
  const file = process.env['VERIFY_E2E_RESULTS'];
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

describe.each(wantedMajors())('on Nx %s', (major) => {
  for (const kind of kinds) {
    if (kind.majors?.includes(major) === false) continue;
    describe(kind.id, () => {
      tryWorkspace(kind, major, (mode, wrong) => print({ major, edit: kind.id, mode, wrong }));
    });
  }
});
