import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Major } from './nx-installation';
import { reportsIn } from './warm-workspace';
import type { Kind, MadeWorkspace } from './workspace-kinds';

/**
 * The tests of one kind of workspace: healthy, it passes; the replayed verdicts are the same; a break is found, at its place; and
 * a batch says the same.
 *
 * @param tell is handed what came of each
 */
export function tryWorkspace(
  kind: Kind,
  major: Major,
  tell: (mode: string, wrong: readonly string[]) => void = () => {},
): void {
  const root = mkdtempSync(join(tmpdir(), `verify-exports-${kind.id}-`));
  let made: MadeWorkspace;
  beforeAll(() => void (made = kind.make(major, root)));
  afterAll(() => {
    for (const folder of new Set([root, made?.root ?? root]))
      rmSync(folder, { recursive: true, force: true });
  });

  const verify = (...args: string[]) =>
    made.nx('run-many', '-t', 'verify-exports', '--output-style=static', ...args);
  const reports = () => reportsIn(join(made.root, '.verify-exports'));
  const check = (mode: string, test: () => void) =>
    it(mode, () => {
      try {
        test();
        tell(mode, []);
      } catch (error) {
        tell(mode, [String((error as Error).message).slice(0, 200)]);
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
}
