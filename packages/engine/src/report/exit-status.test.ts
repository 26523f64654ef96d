import { expect, it } from 'vitest';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import type { Report } from '../model/report.js';
import { exitStatusOf } from './exit-status.js';

const PASS = makeReport();
const FAIL = makeReport({ verdict: 'fail', findings: [makeFinding({ severity: 'error' })] });
const WARNED = makeReport({ findings: [makeFinding({ severity: 'warning' })] });
const UNCHECKED = makeReport({
  verdict: 'fail',
  problems: [{ kind: 'missing-build', message: 'It is not built.', remedy: 'Build it.' }],
});

it.each<[string, readonly Report[], number]>([
  ['nothing to check', [], 0],
  ['all pass', [PASS, PASS], 0],
  ['warnings only', [PASS, WARNED], 0],
  ['one fails', [PASS, FAIL], 1],
  ['one could not be checked', [PASS, UNCHECKED], 2],
  ['a failure wins over a project that could not be checked', [UNCHECKED, FAIL], 1],
])('%s', (_, reports, status) => {
  expect(exitStatusOf(reports)).toBe(status);
});
