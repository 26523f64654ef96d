import { describe, expect, it } from 'vitest';
import { isVerifyError } from '../model/problem.js';
import { normalizeOptions } from './normalize-options.js';

const IGNORE_HINT =
  'Write { "rule": "VE201", "reason": "…" }. Besides the reason, an entry needs rule, package, name or file.';

describe('valid options are returned, typed', () => {
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

describe('a wrong option is reported with its name, its value and what is allowed', () => {
  it.each<[unknown, string, string]>([
    [null, 'The value of the options is null.', 'Write an object, such as { "strict": true }.'],
    [[], 'The value of the options is [].', 'Write an object, such as { "strict": true }.'],
    [{ strikt: true }, 'The option "strikt" is not an option.', 'Did you mean "strict"?'],
    [
      { x: 1 },
      'The option "x" is not an option.',
      'Known options: rules, ignore, strict, conditions, dependents, load, probe, mustExport, requiredModules, metafile, dockerfile, shippedFiles.',
    ],

    [
      { dockerfile: 1 },
      'The option "dockerfile" is 1.',
      'Use a path relative to the workspace root, or { "file": "…", "context": "…", "target": "…" }.',
    ],
    [
      { dockerfile: [{ context: '.' }] },
      'The option "dockerfile[0]" has no "file".',
      'Use a path relative to the workspace root, or { "file": "…", "context": "…", "target": "…" }.',
    ],
    [
      { dockerfile: { file: 'D', stage: 'x' } },
      'The option "dockerfile.stage" is not an option.',
      'Known options: file, context, target.',
    ],
    [{ dockerfile: { file: '' } }, 'The option "dockerfile.file" is "".', 'Use a string that is not empty.'],
    [{ shippedFiles: 'dist' }, 'The option "shippedFiles" is "dist".', 'Use an array of strings.'],
    [
      { shippedFiles: ['!a'] },
      'The option "shippedFiles" is ["!a"].',
      'Add at least one glob of files that ship.',
    ],
    [
      { load: 'yes' },
      'The option "load" is "yes".',
      'Use true, or { "timeout": 20, "memory": 512, "conditions": ["browser"], "env": { "NAME": "value" } }.',
    ],
    [{ load: { timeout: 0 } }, 'The option "load.timeout" is 0.', 'Use a number of seconds.'],
    [{ load: { env: { A: 1 } } }, 'The option "load.env.A" is 1.', 'Use a string.'],
    [{ probe: '' }, 'The option "probe" is "".', "Use a path relative to the project's folder."],
    [{ mustExport: [''] }, 'The option "mustExport" is [""].', 'Write ["name", "./subpath#name"].'],
    [{ strict: 'yes' }, 'The option "strict" is "yes".', 'Use true or false.'],
    [{ dependents: 0 }, 'The option "dependents" is 0.', 'Use true or false.'],
    [{ conditions: 'node' }, 'The option "conditions" is "node".', 'Use an array of strings.'],
    [{ conditions: [1] }, 'The option "conditions" is [1].', 'Use an array of strings.'],
    [{ rules: [] }, 'The option "rules" is [].', 'Write { "VE201": "warning" }.'],
    [
      { rules: { 'mising-export': 'off' } },
      'The option "rules.mising-export" is not a rule.',
      'Did you mean "missing-export"?',
    ],
    [
      { rules: { VE201: 'fatal' } },
      'The option "rules.VE201" is "fatal".',
      'Use one of "error", "warning", "info", "off".',
    ],
    [{ ignore: {} }, 'The option "ignore" is {}.', 'Write [{ "rule": "VE201", "reason": "…" }].'],
    [{ ignore: ['VE201'] }, 'The option "ignore[0]" is "VE201".', IGNORE_HINT],
    [{ ignore: [{ rule: 'VE201' }] }, 'The option "ignore[0]" has no "reason".', IGNORE_HINT],
    [{ ignore: [{ reason: 'r' }] }, 'The option "ignore[0]" is {"reason":"r"}.', IGNORE_HINT],
    [{ ignore: [{ name: 1, reason: 'r' }] }, 'The option "ignore[0].name" is 1.', 'Use a string.'],
    [
      { ignore: [{ files: 'x', reason: 'r' }] },
      'The option "ignore[0].files" is not an option.',
      'Did you mean "file"?',
    ],
    [
      { ignore: [{ image: 'x', reason: 'r' }] },
      'The option "ignore[0].image" is not an option.',
      'Known options: rule, package, name, file, reason.',
    ],
    [
      { ignore: [{ name: 'x', reason: '' }] },
      'The option "ignore[0].reason" is "".',
      'Write why the finding is ignored.',
    ],
  ])('%j', (raw, message, remedy) => {
    expect(problemOf(raw)).toEqual({ kind: 'invalid-option', message, remedy });
  });

  it('lists the rules if no rule has a similar name', () => {
    expect(problemOf({ rules: { zzzzzzzzzz: 'off' } })?.remedy).toMatch(/^Known rules: VE101, VE102, /);
    expect(problemOf({ ignore: [{ rule: 'nope', reason: 'r' }] })).toMatchObject({
      message: 'The option "ignore[0].rule" is "nope", which is not a rule.',
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
