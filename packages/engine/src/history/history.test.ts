import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MONITORING } from '../../test/monitoring-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { verify } from '../verify.js';
import { removedBy } from './removed-by.js';
import { withHistory } from './with-history.js';

const FOLDER = 'packages/monitoring';
const BARREL = `${FOLDER}/src/index.ts`;

function committed(texts: readonly (readonly [text: string, subject: string])[]) {
  const workspace = writeWorkspace(MONITORING);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: workspace.root,
      stdio: 'ignore',
    });
  git('init', '-q');
  for (const [text, subject] of texts) {
    writeFileSync(join(workspace.root, BARREL), text);
    git('add', '-A', '-f', 'packages');
    git('commit', '-qm', subject, '--date=2026-03-02T10:00:00Z');
  }
  return workspace;
}

describe('the commit that removed an export', () => {
  it('is the last one that took the name out of an exporting line', () => {
    using workspace = committed([
      ["export { formatError, setRequestContext } from './a.js';\n", 'add both'],
      ["export {\n  setRequestContext,\n} from './b.js';\n", 'split the statement'],
      ["export { formatError } from './format-error.js';\n", 'move the error reporter'],
      ["export { formatError } from './format-error.js';\n// setRequestContext was here.\n", 'a comment'],
    ]);
    expect(removedBy(workspace.root, FOLDER, 'setRequestContext')?.subject).toBe('move the error reporter');
    expect(removedBy(workspace.root, 'packages/gateway', 'setRequestContext')).toBeUndefined();
    expect(removedBy(workspace.root, FOLDER, 'neverThere')).toBeUndefined();
    expect(removedBy(workspace.root, FOLDER, '--output=x')).toBeUndefined();
  });

  it('is added to the finding as one line, with its subject escaped when it is printed', () => {
    using workspace = committed([
      ["export { formatError, setRequestContext } from './a.js';\n", 'add both'],
      ["export { formatError } from './format-error.js';\n", 'move the error reporter'],
    ]);
    const run = openRun({ root: workspace.root });
    const report = verify({ run, project: '@acme/gateway' });
    const [finding] = withHistory(report, run).findings;
    expect(finding!.evidence.at(-1)).toEqual({
      role: 'removed',
      text: expect.stringMatching(/^[0-9a-f]{7,} \d{4}-\d\d-\d\d "move the error reporter"$/) as string,
    });
    expect(finding!.fingerprint).toBe(report.findings[0]!.fingerprint);
  });

  it('is left out without git', () => {
    using workspace = writeWorkspace(MONITORING);
    const run = openRun({ root: workspace.root });
    const report = verify({ run, project: '@acme/gateway' });
    expect(withHistory(report, run)).toEqual(report);
  });
});
