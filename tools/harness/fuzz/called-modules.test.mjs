import { beforeAll, describe, expect, it } from 'vitest';
import { calledModuleWorkspaces } from './generate-called-modules.mjs';
import { checkCalledModules } from './check-called-modules.mjs';
import { openEngine } from './open-engine.mjs';

/** @type {ReturnType<typeof checkCalledModules>} */
let results = [];

beforeAll(async () => {
  const engine = await openEngine();
  results = calledModuleWorkspaces().flatMap((workspace) => checkCalledModules(engine, workspace));
}, 300_000);

/** @typedef {ReturnType<typeof checkCalledModules>[number]} Result */

/** @param {Result} one */
const fails = ({ codes, error }) => codes.length > 0 || error !== undefined;
/** @param {Result} one */
const words = ({ provider, what, codes, error, engine }) =>
  `${provider} | ${what}: ${codes.map((code) => `TS${code}`).join()} ${error ?? ''} engine: ${engine}`;

describe('a module that is called', () => {
  it('is reported only if TypeScript refuses the call or Node fails', () => {
    const falsely = results.filter((one) => one.engine === 'unmet' && !fails(one));
    // An ES module without a default: bundlers and Node refuse the import, but not the code that TypeScript compiles to CommonJS.
    expect(falsely.filter(({ provider }) => provider !== 'only names (esm)').map(words)).toEqual([]);
  });

  it('is reported in every case that is not a known blind spot', () => {
    const missed = results.filter((one) => one.engine === 'met' && fails(one) && !isBlindSpot(one));
    expect(missed.map(words)).toEqual([]);
  });

  it('needs every blind spot', () => {
    const missed = results.filter((one) => one.engine === 'met' && fails(one)).map(partsOf);
    for (const [name, covers] of Object.entries(BLIND_SPOTS))
      expect(missed.filter(covers), name).not.toEqual([]);
  });

  it('fails in some cases and works in others', () => {
    expect(results.filter((one) => one.engine === 'unmet').length).toBeGreaterThan(200);
    expect(results.filter((one) => one.engine === 'met' && !fails(one)).length).toBeGreaterThan(200);
  });
});

/**
 * What the engine cannot know, or what only a type checker can. Each entry must be needed.
 *
 * @type {Record<string, (one: { provider: string; form: string; use: string; settings: string }) => boolean>}
 */
const BLIND_SPOTS = {
  'a function is constructed, or a class is called': ({ provider, use }) =>
    (/^export (?:default|= function)/.test(provider) && /new|extends/.test(use)) ||
    (provider === 'export = class (cjs)' && use !== 'member'),
  'the members of a function': ({ provider, use }) =>
    provider.startsWith('export default') && use === 'member',
  // A bundler or a test runner may read the source as an ES module, whatever tsconfig.json says.
  'a source that TypeScript compiles to CommonJS': ({ form, settings }) =>
    form !== 'import =' && settings !== 'nodenext, ES module',
  'the default of a default that is an object': ({ provider, use }) =>
    provider === 'a default object (cjs)' && use === 'default()',
};

/** @param {Result} one */
const partsOf = ({ provider, what }) => {
  const [settings = '', form = '', use = ''] = what.split(' | ');
  return { provider, settings, form, use };
};

/** @param {Result} one */
function isBlindSpot(one) {
  return Object.values(BLIND_SPOTS).some((covers) => covers(partsOf(one)));
}
