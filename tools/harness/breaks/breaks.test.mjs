// Planted breaks and lookalikes. Each break is proven by running the real thing on the sound and on the broken workspace; the engine
// must be silent on the sound one and tell the broken one with the right rule, as an error.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeAll } from '../../../packages/engine/test/judge-workspace.ts';
import { writeWorkspace } from '../../../packages/engine/test/text-workspace.ts';
import { parseBreak } from './break-file.mjs';
import { askTruth } from './truth.mjs';

const folder = join(import.meta.dirname, 'cases');

for (const file of readdirSync(folder)) {
  const { truth, expected, sound, broken } = parseBreak(readFileSync(join(folder, file), 'utf8'));
  describe(file.replace(/\.txt$/, ''), () => {
    test('is sound at first, and nobody is accused', () => {
      inWorkspace(sound, (root) => {
        expect(worksAsTold(root, truth)).toBe(true);
        expect(told(root)).toEqual([]);
      });
    });
    test.runIf(broken)('breaks, and is told', () => {
      inWorkspace(broken, (root) => {
        if (truth !== 'none') expect(askTruth(root, truth).works).toBe(false);
        const findings = told(root);
        const meant = (line, severity) => expected.some((code) => line.startsWith(`${code} ${severity}`));
        expect(
          findings.some((line) => meant(line, 'error')),
          findings.join('\n') || 'silent',
        ).toBe(true);
        expect(findings.filter((line) => !meant(line, ''))).toEqual([]);
      });
    });
  });
}

function inWorkspace(files, use) {
  const workspace = writeWorkspace(files);
  try {
    use(workspace.root);
  } finally {
    workspace[Symbol.dispose]();
  }
}

function worksAsTold(root, truth) {
  if (truth === 'none') return true;
  const { works, told } = askTruth(root, truth);
  return works || told;
}

function told(root) {
  return judgeAll(root, undefined, projectsOf(root)).flatMap(({ findings, problems }) => [
    ...findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ code, severity, file, message }) => `${code} ${severity} ${file} ${message}`),
    ...problems.map(({ message }) => `problem ${message}`),
  ]);
}

/** As Nx would tell them: each package builds into its dist folder. */
function projectsOf(root) {
  return readdirSync(join(root, 'packages')).map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
}
