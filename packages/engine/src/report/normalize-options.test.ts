import { describe, expect, it } from 'vitest';
import { isVerifyError } from '../model/problem.js';
import { normalizeOptions } from './normalize-options.js';

describe('valid options', () => {
  it.each([
    [undefined, {}],
    [{}, {}],
    [{ strict: true }, { strict: true }],
    [{ strict: undefined }, {}],
    [
      { dependents: false, conditions: ['@acme/source'] },
      { dependents: false, conditions: ['@acme/source'] },
    ],
    [
      { rules: { VE201: 'off', 'opaque-exports': 'info' } },
      { rules: { VE201: 'off', 'opaque-exports': 'info' } },
    ],
    [{ ignore: [{ name: 'x', reason: 'r' }] }, { ignore: [{ name: 'x', reason: 'r' }] }],
    [{ dockerfile: 'D' }, { dockerfile: [{ file: 'D' }] }],
    [{ dockerfile: { file: 'D', target: 't' } }, { dockerfile: [{ file: 'D', target: 't' }] }],
    [
      { dockerfile: ['D', { file: 'E', context: '.' }] },
      { dockerfile: [{ file: 'D' }, { file: 'E', context: '.' }] },
    ],
    [{ shippedFiles: ['dist/**', '!**/*.map'] }, { shippedFiles: ['dist/**', '!**/*.map'] }],
  ])('%j', (raw, normalized) => {
    expect(normalizeOptions(raw)).toEqual(normalized);
  });
});

describe('the error for a wrong option names the option and the remedy', () => {
  it.each<[unknown, string, string]>([
    [null, 'The option "options" must be an object.', 'Write them as { "strict": true }.'],
    [[], 'The option "options" must be an object.', 'Write them as { "strict": true }.'],
    [{ strikt: true }, 'The option "strikt" is not an option.', 'Did you mean "strict"?'],
    [
      { x: 1 },
      'The option "x" is not an option.',
      'Known options: rules, ignore, strict, conditions, dependents, dockerfile, shippedFiles, requiredModules, metafile.',
    ],

    [
      { dockerfile: 1 },
      'The option "dockerfile" is 1.',
      'Use a path relative to the workspace root, or { "file": "…", "context": "…", "target": "…" }.',
    ],
    [
      { dockerfile: [{ context: '.' }] },
      'The option "dockerfile[0]" names no file.',
      'Use a path relative to the workspace root, or { "file": "…", "context": "…", "target": "…" }.',
    ],
    [
      { dockerfile: { file: 'D', stage: 'x' } },
      'The option "dockerfile.stage" is not known.',
      'Use file, context, target.',
    ],
    [{ dockerfile: { file: '' } }, 'The option "dockerfile.file" is "".', 'Use a string that is not empty.'],
    [{ shippedFiles: 'dist' }, 'The option "shippedFiles" is "dist".', 'Use an array of strings.'],
    [
      { shippedFiles: ['!a'] },
      'The option "shippedFiles" is ["!a"].',
      'Name at least one glob of files that ship.',
    ],
    [{ strict: 'yes' }, 'The option "strict" is "yes".', 'Use true or false.'],
    [{ dependents: 0 }, 'The option "dependents" is 0.', 'Use true or false.'],
    [{ conditions: 'node' }, 'The option "conditions" is "node".', 'Use an array of strings.'],
    [{ conditions: [1] }, 'The option "conditions" is [1].', 'Use an array of strings.'],
    [{ rules: [] }, 'The option "rules" must be an object.', 'Write { "VE201": "warning" }.'],
    [
      { rules: { 'mising-export': 'off' } },
      'The option "rules.mising-export" names no rule.',
      'Did you mean "missing-export"?',
    ],
    [
      { rules: { VE201: 'fatal' } },
      'The option "rules.VE201" is "fatal".',
      'Use one of error, warning, info, off.',
    ],
    [{ ignore: {} }, 'The option "ignore" must be an array.', 'Write [{ "rule": "VE201", "reason": "…" }].'],
    [
      { ignore: ['VE201'] },
      'The option "ignore[0]" must be an object.',
      'Write { "rule": "VE201", "reason": "…" }.',
    ],
    [
      { ignore: [{ rule: 'VE201' }] },
      'The option "ignore[0]" has no reason.',
      'Add "reason": why this finding is to be ignored.',
    ],
    [
      { ignore: [{ reason: 'r' }] },
      'The option "ignore[0]" would ignore everything.',
      'Add rule, package, name or file.',
    ],
    [
      { ignore: [{ name: 1, reason: 'r' }] },
      'The option "ignore[0].name" must be a string.',
      'Put it in quotes.',
    ],
    [
      { ignore: [{ files: 'x', reason: 'r' }] },
      'The option "ignore[0].files" is not known.',
      'Use rule, package, name, file, reason.',
    ],
  ])('%j', (raw, message, remedy) => {
    expect(problemOf(raw)).toEqual({ kind: 'invalid-option', message, remedy });
  });

  it('lists all rules if no name is similar', () => {
    expect(problemOf({ rules: { zzzzzzzzzz: 'off' } })?.remedy).toMatch(/^Known rules: VE101, VE102, /);
    expect(problemOf({ ignore: [{ rule: 'nope', reason: 'r' }] })).toMatchObject({
      message: 'The option "ignore[0].rule" "nope" names no rule.',
    });
  });
});

function problemOf(raw: unknown) {
  try {
    normalizeOptions(raw);
  } catch (error) {
    if (isVerifyError(error)) return error.problem;
    throw error;
  }
  return undefined;
}
