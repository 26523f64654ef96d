import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import { renderGithub } from './render-github.js';
import { renderText } from './render-text.js';

const places = ['a', 'b', 'c', 'd', 'e'].map((name, index) => ({
  project: index < 3 ? 'app' : 'web',
  file: `packages/${name}.ts`,
  line: 2,
  column: 3,
}));
const FINDING = makeFinding({
  file: 'packages/a.ts',
  line: 2,
  column: 3,
  evidence: [
    { role: 'entry', text: '"." → dist/index.js', file: 'packages/lib/package.json', line: 4, column: 5 },
    { role: 'exports', text: 'a, b' },
    { role: 'target', text: '', file: 'packages/lib/dist/x.js', line: 1, column: 1 },
  ],
  fix: { title: 'export it', edits: [] },
  affected: { count: 5, places, projects: ['app', 'web'] },
});
const INFO = makeFinding({ code: 'VE901', rule: 'opaque-exports', severity: 'info', message: 'Unknown.' });
const REPORT = makeReport({
  verdict: 'fail',
  notes: ['It has no entry point that others could import.'],
  findings: [FINDING, INFO],
  problems: [
    {
      kind: 'missing-build',
      message: '"lib" is not built.',
      remedy: 'Build it.',
      file: 'packages/lib/package.json',
    },
    {
      kind: 'invalid-manifest',
      message: 'It is broken.',
      remedy: 'Mend it.',
      file: 'a.json',
      line: 3,
      column: 7,
    },
  ],
  ignored: [{ code: 'VE202', fingerprint: 'cccccccccccc', reason: 'legacy' }],
  inventory: { entryPoints: [{ subpath: '.', variants: [] }] },
  coverage: { modules: 3, demands: { met: 2, unmet: 1, unknown: 1 }, unknownBy: { VE901: 1 } },
});

describe('a failing report', () => {
  it('shows findings, problems and a summary, but no information', () => {
    expect(renderText(REPORT)).toBe(
      [
        'packages/a.ts:2:3 - error VE201 missing-export',
        '  "x" is imported from "@acme/lib", but its built entry point does not export it.',
        '    entry    packages/lib/package.json:4:5   "." → dist/index.js',
        '    exports  a, b',
        '    target   packages/lib/dist/x.js',
        '    also     packages/b.ts:2:3, packages/c.ts:2:3, packages/d.ts:2:3 and 1 more (2 projects)',
        '    fix      export it',
        '',
        'packages/lib/package.json - could not check: "lib" is not built.',
        '    remedy   Build it.',
        '',
        'a.json:3:7 - could not check: It is broken.',
        '    remedy   Mend it.',
        '',
        '✖ app: 1 error, 2 problems, 1 ignored; 1 entry point, 4 imports checked: 2 ok, 1 broken, 1 unknown',
      ].join('\n'),
    );
  });

  it('shows information, every place and ignored findings in verbose output', () => {
    const text = renderText(REPORT, { verbose: true });
    expect(text).toContain('packages/app/main.ts:1:10 - info VE901 opaque-exports\n  Unknown.');
    expect(text).toContain('packages/d.ts:2:3, packages/e.ts:2:3 (2 projects)');
    expect(text).toContain('ignored VE202 cccccccccccc: legacy');
    expect(text).toMatch(/\n {2}It has no entry point that others could import\.$/);
  });

  it('links codes to the pages of their rules if the terminal supports it', () => {
    const address = renderText(REPORT, { links: true }).split('\u001B]8;;')[1]!.split('\u0007')[0]!;
    expect(existsSync(fileURLToPath(address))).toBe(true);
    expect(stripVTControlCharacters(renderText(REPORT, { links: true }))).toBe(renderText(REPORT));
  });

  it('has the same text with and without colour', () => {
    const coloured = renderText(REPORT, { color: true });
    expect(coloured).toContain('\u001B[31merror\u001B[39m');
    expect(stripVTControlCharacters(coloured)).toBe(renderText(REPORT));
    expect(renderText(REPORT)).not.toContain('\u001B');
  });
});

describe('a passing report', () => {
  it.each([
    ['nothing at all', makeReport(), '✔ app: no entry points, no imports to check'],
    [
      'an import that works',
      makeReport({
        inventory: { entryPoints: ['.', './a'].map((subpath) => ({ subpath, variants: [] })) },
        coverage: { modules: 1, demands: { met: 1, unmet: 0, unknown: 0 }, unknownBy: {} },
      }),
      '✔ app: 2 entry points, 1 import checked: 1 ok',
    ],
    [
      'a warning',
      makeReport({ findings: [makeFinding({ severity: 'warning' })] }),
      '✔ app: 1 warning; no entry points, no imports to check',
    ],
  ])('has a summary line: %s', (_, report, line) => {
    expect(renderText(report).split('\n').at(-1)).toBe(line);
  });
});

it('cannot be forged by names and paths with control characters', () => {
  const forged = 'x\n\u001B[32m✔ all fine';
  const report = makeReport({
    project: forged,
    findings: [makeFinding({ file: forged, message: forged, fix: { title: forged, edits: [] } })],
    notes: [forged],
  });
  const lines = renderText(report, { verbose: true }).split('\n');
  expect(lines.filter((line) => line.startsWith('✔'))).toHaveLength(1);
  expect(lines.some((line) => line.includes('\u001B'))).toBe(false);
  expect(renderGithub(report).split('\n')).toHaveLength(1);
});
