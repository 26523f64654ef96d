import { expect, it } from 'vitest';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import { renderGithub } from './render-github.js';
import { verboseLines } from './verbose-lines.js';

it('verbose output lists every entry point with its names, and the unknowns', () => {
  const report = makeReport({
    inventory: {
      entryPoints: [
        {
          subpath: '.',
          variants: [
            { conditions: ['import'], file: 'lib/dist/index.js', exports: ['a', 'b'] },
            { conditions: ['require'], file: 'lib/dist/index.cjs', exports: [] },
          ],
        },
        {
          subpath: './x',
          variants: [{ conditions: [], file: 'lib/dist/x.js', exports: ['c'], open: 'it is made by a call' }],
        },
      ],
    },
    coverage: { modules: 7, demands: { met: 1, unmet: 0, unknown: 3 }, unknownBy: { VE901: 2, VE902: 1 } },
    notes: ['Nobody imports it.'],
  });
  expect(verboseLines(report)).toEqual([
    '  . [import] → lib/dist/index.js: a, b',
    '  . [require] → lib/dist/index.cjs: nothing',
    '  ./x → lib/dist/x.js: c; more names are unknown: it is made by a call',
    '  unknown imports: 2 by VE901, 1 by VE902',
    '  modules read: 7',
    '  Nobody imports it.',
  ]);
});

it('GitHub workflow commands escape characters that would end them', () => {
  const findings = [
    makeFinding({
      severity: 'warning',
      file: 'a,b:c.ts',
      line: 2,
      column: 3,
      message: '100 %: "x"',
      fix: { title: 'fix it', edits: [] },
    }),
    makeFinding({ severity: 'info' }),
  ];
  const problems = [{ kind: 'missing-build' as const, message: 'Not built.', remedy: 'Build it.' }];
  expect(renderGithub({ findings, problems }).split('\n')).toEqual([
    '::error title=could not check::Not built.%0ABuild it.',
    '::warning file=a%2Cb%3Ac.ts,line=2,col=3,title=VE201 missing-export::100 %25: "x"%0AFix: fix it',
  ]);
  expect(renderGithub({ findings: [], problems: [] })).toBe('');
});
