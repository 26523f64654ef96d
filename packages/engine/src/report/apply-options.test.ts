import { describe, expect, it } from 'vitest';
import { makeFinding } from '../../test/make-finding.js';
import type { IgnoreEntry, VerifyOptions } from '../model/options.js';
import type { Finding, Severity } from '../model/report.js';
import { applyOptions } from './apply-options.js';

const FINDING = makeFinding({
  name: 'x',
  file: 'packages/app/src/deep/main.ts',
  provider: { package: '@acme/lib', entryPoint: '.', conditions: ['import'] },
});
const LIMIT = makeFinding({ code: 'VE901', rule: 'opaque-exports', severity: 'info' });

describe('ignore', () => {
  it.each<[string, Omit<IgnoreEntry, 'reason'>, boolean]>([
    ['a rule by code', { rule: 'VE201' }, true],
    ['a rule by name', { rule: 'missing-export' }, true],
    ['another rule', { rule: 'VE202' }, false],
    ['a provider', { package: '@acme/lib' }, true],
    ['another provider', { package: '@acme' }, false],
    ['a name', { name: 'x' }, true],
    ['another name', { name: 'y' }, false],
    ['a file', { file: 'packages/app/src/deep/main.ts' }, true],
    ['a glob', { file: 'packages/app/**' }, true],
    ['a glob that is too short', { file: 'packages/app/*' }, false],
    ['all that is given', { rule: 'VE201', package: '@acme/lib', name: 'x', file: '**/*.ts' }, true],
    ['all but one', { rule: 'VE201', package: '@acme/lib', name: 'y' }, false],
  ])('removes findings by %s', (_, entry, taken) => {
    const { findings, ignored } = applyOptions([FINDING], { ignore: [{ ...entry, reason: 'because' }] });
    expect(findings).toEqual(taken ? [] : [FINDING]);
    expect(ignored).toEqual(
      taken ? [{ code: 'VE201', fingerprint: FINDING.fingerprint, reason: 'because' }] : [],
    );
  });

  it('matches dot folders, but no finding without the wanted field', () => {
    const hidden = makeFinding({ file: 'packages/app/.storybook/main.ts' });
    const ignore = [{ file: 'packages/**', reason: 'a' }];
    expect(applyOptions([hidden], { ignore }).findings).toEqual([]);
    expect(applyOptions([hidden], { ignore: [{ package: '@acme/lib', reason: 'a' }] }).findings).toEqual([
      hidden,
    ]);
  });

  it('uses the reason of the first matching entry', () => {
    const ignore = [
      { name: 'y', reason: 'other' },
      { name: 'x', reason: 'first' },
      { rule: 'VE201', reason: 'second' },
    ];
    expect(applyOptions([FINDING], { ignore }).ignored.map(({ reason }) => reason)).toEqual(['first']);
  });
});

describe('severity', () => {
  it.each<[string, Finding, VerifyOptions, Severity | 'gone']>([
    ['is the rule’s own', FINDING, {}, 'error'],
    ['by code', FINDING, { rules: { VE201: 'warning' } }, 'warning'],
    ['by name', FINDING, { rules: { 'missing-export': 'info' } }, 'info'],
    ['by code before name', FINDING, { rules: { 'missing-export': 'info', VE201: 'warning' } }, 'warning'],
    ['of another rule', FINDING, { rules: { VE202: 'off' } }, 'error'],
    ['off', FINDING, { rules: { VE201: 'off' } }, 'gone'],
    [
      'does not raise what was capped',
      makeFinding({ severity: 'warning' }),
      { rules: { VE201: 'error' } },
      'warning',
    ],
    ['lowers what was capped', makeFinding({ severity: 'warning' }), { rules: { VE201: 'info' } }, 'info'],
    ['raises a limit', LIMIT, { rules: { VE901: 'error' } }, 'error'],
    ['strict leaves others alone', makeFinding({ severity: 'warning' }), { strict: true }, 'warning'],
    ['strict raises a limit', LIMIT, { strict: true }, 'error'],
    [
      'strict raises a capped limit',
      { ...LIMIT, code: 'VE902', severity: 'warning' },
      { strict: true },
      'error',
    ],
    ['strict yields to the rule’s setting', LIMIT, { strict: true, rules: { VE901: 'warning' } }, 'warning'],
    ['strict yields to off', LIMIT, { strict: true, rules: { 'opaque-exports': 'off' } }, 'gone'],
    ['not strict', LIMIT, { strict: false }, 'info'],
  ])('%s', (_, finding, options, severity) => {
    const { findings, ignored } = applyOptions([finding], options);
    expect(findings.map((kept) => kept.severity)).toEqual(severity === 'gone' ? [] : [severity]);
    expect(ignored).toEqual([]);
  });
});
