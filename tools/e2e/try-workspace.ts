import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Major } from './nx-installation';
import { reportsIn } from './warm-workspace';
import type { Kind, MadeWorkspace } from './workspace-kinds';

interface Report {
  readonly findings: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly severity: string;
    readonly code: string;
  }[];
}

/**
 * The tests of one kind of workspace. The healthy workspace passes and has no false finding. Replayed results are the same. A finding
 * reports a deleted output file, and a break at its place. A batch writes the same reports.
 *
 * @param print gets the result of each test
 */
export function tryWorkspace(
  kind: Kind,
  major: Major,
  print: (mode: string, wrong: readonly string[]) => void = () => {},
): void {
  const root = mkdtempSync(join(tmpdir(), `verify-exports-${kind.id}-`));
  let made: MadeWorkspace;
  beforeAll(() => {
    try {
      made = kind.make(major, root);
    } catch (error) {
      print('healthy passes', [`not made: ${String((error as Error).message).slice(0, 200)}`]);
      throw error;
    }
  });
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
        print(mode, []);
      } catch (error) {
        print(mode, [String((error as Error).message).slice(0, 200)]);
        throw error;
      }
    });

  check('healthy passes', () => {
    const { status, output } = verify();
    expect(status, output).toBe(0);
    expect(reports().size, output).toBeGreaterThanOrEqual(2);
    const [reported, known] = [reportedIn(reports()), (made.reported ?? []).map(patternOf)];
    expect(
      reported.filter((place) => !known.some((pattern) => pattern.test(place))),
      output,
    ).toEqual([]);
    expect(reported, output).toHaveLength(known.length);
  });

  check('replayed equal', () => {
    const before = reports();
    rmSync(join(made.root, '.verify-exports'), { recursive: true, force: true });
    const { status, output } = verify();
    expect(status, output).toBe(0);
    expect(output).toMatch(/verify-exports {2}\[(?:local cache|existing outputs match)/);
    expect(reports()).toEqual(before);
  });

  check('lost output found', () => {
    for (const { project, apply, place } of made.losses ?? []) {
      apply();
      const alone = ['--excludeTaskDependencies', '--skip-nx-cache', '--output-style=static'];
      const { status, output } = made.nx('run', `${project}:verify-exports`, ...alone);
      expect(status, output).not.toBe(0);
      expect(output).toMatch(patternOf(place));
    }
  });

  check('break found', () => {
    made.break.apply();
    const { status, output } = verify();
    // The exit status of Nx 22 is 130 if it skipped tasks, else 1.
    expect(status, output).not.toBe(0);
    expect(output).toMatch(patternOf(made.break.place));
  });

  check('batch equal', () => {
    const before = reports();
    const { status, output } = verify('--batch', '--skip-nx-cache');
    expect(status, output).not.toBe(0);
    expect(reports()).toEqual(before);
    expect(reportedIn(before).join('\n')).toMatch(patternOf(made.break.place));
  });
}

/** The places of all findings, each once. */
function reportedIn(reports: ReadonlyMap<string, string>): readonly string[] {
  const findings = [...reports.values()].flatMap((text) => (JSON.parse(text) as Report).findings);
  const places = findings.map(
    ({ file, line, column, severity, code }) => `${file}:${line}:${column} - ${severity} ${code}`,
  );
  return [...new Set(places)].sort();
}

function patternOf(place: string): RegExp {
  return new RegExp(place.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/\\s]+'));
}
