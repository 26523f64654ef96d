import { expect, it } from 'vitest';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import type { Report } from '../model/report.js';
import { exitStatusOf } from './exit-status.js';

const PASS = makeReport();
const FAIL = makeReport({ verdict: 'fail', findings: [makeFinding({ severity: 'error' })] });
const WARNED = makeReport({ findings: [makeFinding({ severity: 'warning' })] });
const UNJUDGED = makeReport({
  verdict: 'fail',
  problems: [{ kind: 'missing-build', message: 'It is not built.', remedy: 'Build it.' }],
});

it.each<[string, readonly Report[], number]>([
  ['nothing to judge', [], 0],
  ['all pass', [PASS, PASS], 0],
  ['warnings only', [PASS, WARNED], 0],
  ['one fails', [PASS, FAIL], 1],
  ['one could not be judged', [PASS, UNJUDGED], 2],
  ['a failure goes before what could not be judged', [UNJUDGED, FAIL], 1],
])('%s', (_, reports, status) => {
  expect(exitStatusOf(reports)).toBe(status);
});
