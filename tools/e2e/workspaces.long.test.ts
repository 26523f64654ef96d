// Every kind of workspace: `npm run e2e:workspaces`. Installs package managers and runs real generators, so it takes minutes.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedMajors } from './nx-installation';
import { reportsIn } from './warm-workspace';
import { KINDS } from './workspace-kinds';
import type { Kind, MadeWorkspace } from './workspace-kinds';

const wanted = process.env['VERIFY_E2E_KINDS']?.split(',');
const kinds = KINDS.filter(({ id }) => wanted === undefined || wanted.includes(id));

function tell(line: object): void {
  const file = process.env['VERIFY_E2E_RESULTS'];
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

describe.each(wantedMajors())('on Nx %s', (major) => {
  describe.each(kinds.filter(({ majors }) => majors === undefined || majors.includes(major)))(
    '$id',
    (kind: Kind) => {
      const root = mkdtempSync(join(tmpdir(), `verify-exports-${kind.id}-`));
      let made: MadeWorkspace;
      beforeAll(() => void (made = kind.make(major, root)));
      afterAll(() => rmSync(root, { recursive: true, force: true }));

      const verify = (...args: string[]) =>
        made.nx('run-many', '-t', 'verify-exports', '--output-style=static', ...args);
      const reports = () => reportsIn(join(made.root, '.verify-exports'));
      const check = (mode: string, test: () => void) =>
        it(mode, () => {
          try {
            test();
            tell({ major, edit: kind.id, mode, wrong: [] });
          } catch (error) {
            tell({ major, edit: kind.id, mode, wrong: [String((error as Error).message).slice(0, 200)] });
            throw error;
          }
        });

      check('healthy passes', () => {
        const { status, output } = verify();
        expect(status, output).toBe(0);
        expect(reports().size, output).toBeGreaterThanOrEqual(2);
      });

      check('replayed equal', () => {
        const before = reports();
        rmSync(join(made.root, '.verify-exports'), { recursive: true, force: true });
        const { status, output } = verify();
        expect(status, output).toBe(0);
        expect(output).toMatch(/verify-exports {2}\[(?:local cache|existing outputs match)/);
        expect(reports()).toEqual(before);
      });

      check('break found', () => {
        made.break();
        const { status, output } = verify();
        expect(status, output).toBe(1);
        expect(output).toContain(made.place);
      });

      check('batch equal', () => {
        const before = reports();
        const { status, output } = verify('--batch', '--skip-nx-cache');
        expect(status, output).toBe(1);
        expect(reports()).toEqual(before);
      });
    },
  );
});
