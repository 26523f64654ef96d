import { beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../../engine';
import type { Engine } from '../../engine';
import { FORMATS } from '../../options/schemas';
import { readOptions } from './executor-options';
import { optionSource } from './option-source';
import { couldNotCheck } from './could-not-check';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

describe('readOptions', () => {
  it("separates the engine's options from the others, and drops those that Nx adds", () => {
    const raw = {
      strict: true,
      rules: { VE201: 'off' },
      format: 'json',
      outputFile: 'x.json',
      buildTarget: 'build',
      _: [],
      __overrides_unparsed__: [],
    };
    expect(readOptions(engine, raw)).toEqual({
      verify: { strict: true, rules: { VE201: 'off' } },
      format: 'json',
      outputFile: 'x.json',
      outputFiles: {},
      verbose: false,
    });
    expect(readOptions(engine, {})).toEqual({
      verify: {},
      format: 'text',
      outputFiles: {},
      verbose: false,
    });
  });

  it('knows the formats of the engine', () => {
    expect(FORMATS).toEqual(engine.FORMAT_NAMES);
  });

  it.each([
    ['format', 'xml', 'The option "format" is "xml".'],
    ['outputFile', '', 'The option "outputFile" is "".'],
    ['strict', 'yes', 'The option "strict" is "yes".'],
    ['rules', { VE999: 'off' }, 'The option "rules.VE999" is not a rule.'],
    ['strikt', true, 'The option "strikt" is not an option. Did you mean "strict"?'],
    ['formt', 'json', 'The option "formt" is not an option. Did you mean "format"?'],
  ])('names the option %j when it is %j', (option, value, message) => {
    const wrong = readOptions(engine, { dependents: true, [option]: value });
    expect(wrong).toMatchObject({ option });
    expect('error' in wrong && String(wrong.error)).toContain(message);
  });
});

describe("a wrong option's message", () => {
  const files: Record<string, string> = {
    'packages/a/project.json':
      '{ "targets": { "verify-exports": { "configurations": { "ci": { "strict": "yes" } } } } }',
    'packages/b/package.json':
      '{ "nx": { "targets": { "verify-exports": { "options": { "strict": "yes" } } } } }',
    'nx.json': '{ "targetDefaults": { "verify-exports": { "options": { "format": "xml" } } } }',
  };
  const source = (option: string, projectRoot: string) =>
    optionSource(option, { projectRoot, targetName: 'verify-exports' }, (file) => files[file]);

  it('names the file that sets it', () => {
    expect(source('strict', 'packages/a')).toBe('packages/a/project.json');
    expect(source('strict', 'packages/b')).toBe('packages/b/package.json');
    expect(source('format', 'packages/a')).toBe('nx.json');
    expect(source('ignore', 'packages/a')).toBeUndefined();
  });

  it('contains the remedy and no stack', () => {
    const error = new engine.VerifyError({
      kind: 'invalid-option',
      message: 'It is wrong.',
      remedy: 'Fix it.',
    });
    expect(couldNotCheck('a', error, 'nx.json')).toBe(
      'nx.json - could not check: It is wrong.\n    remedy   Fix it.\n\n✖ a: not checked',
    );
    expect(couldNotCheck('a', new TypeError('oops'))).toMatch(
      /^verify-exports failed with an internal error\. Please report it\.\nTypeError: oops\n {4}at /,
    );
  });
});
