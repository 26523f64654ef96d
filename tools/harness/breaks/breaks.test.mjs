// Planted breaks and lookalikes. A real tool proves each break: it runs the workspace before and after the change. The engine must report
// nothing before, and after it an error of the right rule.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCase } from '../../../packages/engine/test/case-file.ts';
import { checkAll } from '../../../packages/engine/test/check-workspace.ts';
import { writeWorkspace } from '../../../packages/engine/test/text-workspace.ts';
import { runProof } from './run-proof.mjs';

const folder = join(import.meta.dirname, 'cases');

for (const file of readdirSync(folder)) {
  const { title, proof, expected = '', files, broken } = parseCase(readFileSync(join(folder, file), 'utf8'));
  const codes = expected.trim().split('|').filter(Boolean);
  describe(`${file.replace(/\.case$/, '')}: ${title}`, () => {
    const runs = proof !== undefined && proof.command !== 'none';
    test('names the proof and, for a break, how it fails', () => {
      expect(proof?.command).toEqual(expect.any(String));
      expect(proof?.failure).toEqual(runs && broken ? expect.any(String) : undefined);
    });
    if (runs)
      test('works before the change', () => {
        inWorkspace(files, (root) => {
          const { works, output } = runProof(root, proof.command);
          expect(works, output).toBe(true);
        });
      });
    test('has no finding before the change', () => {
      inWorkspace(files, (root) => expect(findingsIn(root)).toEqual([]));
    });
    if (!broken) return;
    if (runs)
      test('fails after the change, in the way that the case says', () => {
        inWorkspace(broken, (root) => {
          const { works, output } = runProof(root, proof.command);
          expect(works).toBe(false);
          expect(output).toContain(proof.failure);
        });
      });
    test('has an error of the expected rule after the change, and no other finding', () => {
      inWorkspace(broken, (root) => {
        const findings = findingsIn(root);
        expect(codes).not.toEqual([]);
        expect(findings).toContainEqual(expect.stringMatching(new RegExp(`^(${codes.join('|')}) error`)));
        expect(findings.filter((line) => !codes.some((code) => line.startsWith(code)))).toEqual([]);
      });
    });
  });
}

/**
 * @param {import('../../../packages/engine/test/text-workspace.ts').TextFiles} files
 * @param {(root: string) => void} use
 */
function inWorkspace(files, use) {
  const workspace = writeWorkspace(files);
  try {
    use(workspace.root);
  } finally {
    workspace[Symbol.dispose]();
  }
}

/** @param {string} root */
function findingsIn(root) {
  return checkAll(root, undefined, projectsOf(root)).flatMap(({ findings, problems }) => [
    ...findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ code, severity, file, message }) => `${code} ${severity} ${file} ${message}`),
    ...problems.map(({ message }) => `problem ${message}`),
  ]);
}

/** The projects as Nx lists them: each package builds into its dist folder. @param {string} root */
function projectsOf(root) {
  return readdirSync(join(root, 'packages')).map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
}
