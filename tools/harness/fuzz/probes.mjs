import { APP } from './workspace.mjs';

/**
 * The forms of an import: a template, how it runs, and the oracle that checks it. `N` is the name as written in braces, `M` a member
 * access to it, `D` a destructuring pattern that binds `probe`, `Q` an access to a member of its value, `S` the specifier.
 */
const FORMS = {
  named: { extension: 'mjs', text: 'import { N as probe } from S;\nexport { probe };' },
  'export-from': { extension: 'mjs', text: 'export { N as probe } from S;' },
  member: { extension: 'mjs', text: 'import * as ns from S;\nexport const probe = nsM;' },
  destructured: { extension: 'mjs', text: 'import * as ns from S;\nexport const D = ns;' },
  'dynamic-destructured': { extension: 'mjs', text: 'export const D = await import(S);' },
  'dynamic-member': { extension: 'mjs', text: 'export const probe = (await import(S))M;' },
  'dynamic-then': { extension: 'mjs', text: 'export const probe = import(S).then((ns) => nsM);' },
  'dynamic-stored': { extension: 'mjs', text: 'const ns = await import(S);\nexport const probe = nsM;' },
  'dynamic-stored-destructured': {
    extension: 'mjs',
    text: 'const ns = await import(S);\nexport const D = ns;',
  },
  'dynamic-then-destructured': {
    extension: 'mjs',
    text: 'export const probe = import(S).then(({ K: probe }) => probe);',
  },
  'dynamic-returned': {
    extension: 'mjs',
    text: 'const load = async () => {\n  const { K: found } = await import(S);\n  return found;\n};\nexport const probe = load();',
  },
  'named-exported': {
    extension: 'mjs',
    text: 'import { N as probe } from S;\nexport { probe };\nexport {};',
  },
  'dynamic-in-cjs': {
    extension: 'cjs',
    mode: 'require',
    text: 'exports.probe = import(S).then(({ K: probe }) => probe);',
  },
  'require-destructured': {
    extension: 'cjs',
    mode: 'require',
    text: 'const D = require(S);\nexports.probe = probe;',
  },
  'require-destructured-later': {
    extension: 'cjs',
    mode: 'require',
    text: 'const ns = require(S);\nconst D = ns;\nexports.probe = probe;',
  },
  'require-member': { extension: 'cjs', mode: 'require', text: 'exports.probe = require(S)M;' },
  'require-namespace': {
    extension: 'cjs',
    mode: 'require',
    text: 'const ns = require(S);\nexports.probe = nsM;',
  },
  'create-require': {
    extension: 'mjs',
    mode: 'import',
    text: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nexport const probe = require(S)M;",
  },
  'side-effect': { extension: 'mjs', check: 'loads', text: 'import S;' },
  namespace: { extension: 'mjs', check: 'loads', text: 'import * as ns from S;\nexport { ns };' },
  'star-as': { extension: 'mjs', check: 'loads', text: 'export * as ns from S;' },
  'dynamic-only': { extension: 'mjs', check: 'loads', text: 'await import(S);' },
  'named-member': {
    extension: 'mjs',
    inner: true,
    text: 'import { N as part } from S;\nexport const probe = partQ;',
  },
  'named-destructured': {
    extension: 'mjs',
    inner: true,
    text: 'import { N as part } from S;\nexport const E = part;',
  },
  'member-member': {
    extension: 'mjs',
    inner: true,
    text: 'import * as ns from S;\nexport const probe = nsMQ;',
  },
  'dynamic-member-member': {
    extension: 'mjs',
    inner: true,
    text: 'export const probe = (await import(S))MQ;',
  },
  'require-member-member': {
    extension: 'cjs',
    mode: 'require',
    inner: true,
    text: 'exports.probe = require(S)MQ;',
  },
  star: { extension: 'mjs', check: 'loads', text: 'export * from S;' },
  'require-only': { extension: 'cjs', mode: 'require', check: 'loads', text: 'require(S);' },
  'type-named': {
    extension: 'mts',
    checkedBy: 'typescript',
    text: 'import type { N as probe } from S;\nexport type { probe };',
  },
  'type-export': { extension: 'mts', checkedBy: 'typescript', text: 'export type { N as probe } from S;' },
  'type-inline': {
    extension: 'mts',
    checkedBy: 'typescript',
    text: 'import { type N as probe } from S;\nexport type { probe };',
  },
  'type-named-cts': {
    extension: 'cts',
    mode: 'require',
    checkedBy: 'typescript',
    text: 'import type { N as probe } from S;\nexport type { probe };',
  },
  'type-declaration': {
    extension: 'd.mts',
    checkedBy: 'typescript',
    text: 'import { N as probe } from S;\nexport { probe };',
  },
  'type-import': { extension: 'mts', checkedBy: 'typescript', text: 'export type probe = import(S)M;' },
  'type-query': { extension: 'mts', checkedBy: 'typescript', text: 'export type probe = typeof import(S)M;' },
  'typescript-named': {
    extension: 'mts',
    checkedBy: 'both',
    text: 'import { N as probe } from S;\nexport { probe };',
  },
};

/** Forms that are resolved when the module links, not when it runs. */
export const STATIC_FORMS = new Set(['named', 'export-from', 'side-effect', 'namespace', 'star', 'star-as']);

const RUNTIME_NAMED = Object.keys(FORMS).filter(
  (form) => !FORMS[form].checkedBy && !FORMS[form].inner && FORMS[form].check !== 'loads',
);
const INNER = Object.keys(FORMS).filter((form) => FORMS[form].inner);
const RUNTIME_LOADS = Object.keys(FORMS).filter((form) => FORMS[form].check === 'loads');
const TYPES = [
  'type-named',
  'type-named',
  'type-export',
  'type-inline',
  'type-named-cts',
  'type-declaration',
];

/**
 * A random form of a runtime import.
 *
 * @param {{ random: import('../../bench/random.mjs').Random; modes?: readonly string[]; named: boolean }} wish
 */
export function runtimeForm({ random, modes = ['import', 'require'], named }) {
  const forms = (named ? RUNTIME_NAMED : RUNTIME_LOADS).filter((form) => modes.includes(resolvedMode(form)));
  return random.pick(forms);
}

/** A form that reads a member of an imported value. */
export function innerForm({ random }) {
  return random.pick(INNER);
}

export function typesForm({ random }) {
  return random.chance(0.3) ? 'typescript-named' : random.pick(TYPES);
}

/** How the provider is loaded. The probe itself may be loaded in a different way. */
function resolvedMode(form) {
  if (form === 'create-require') return 'require';
  if (form === 'dynamic-in-cjs') return 'import';
  return FORMS[form].mode ?? 'import';
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A module export name in code: an identifier, or a string. */
export function spelled(name) {
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/**
 * @param {{ form: string; index: number; specifier: string; name?: string; inner?: string }} ask `inner`: a member of the name's value
 * @returns {import('./workspace.mjs').Probe}
 */
export function makeProbe({ form, index, specifier, name = '', inner = '' }) {
  const { extension, text, mode = 'import', check = 'defined', checkedBy = 'node' } = FORMS[form];
  const access = (to) => (IDENTIFIER.test(to) ? `.${to}` : `[${JSON.stringify(to)}]`);
  const filled = text.replace(/\b[NDESK]\b|MQ\b|M\b|Q\b/g, (hole) => {
    if (hole === 'Q') return access(inner);
    if (hole === 'MQ') return `${access(name)}${access(inner)}`;
    if (hole === 'E') return `{ ${spelled(inner)}: probe }`;
    if (hole === 'N') return spelled(name);
    if (hole === 'K') return IDENTIFIER.test(name) ? name : JSON.stringify(name);
    if (hole === 'D') return `{ ${spelled(name)}: probe }`;
    return hole === 'S' ? JSON.stringify(specifier) : access(name);
  });
  return {
    path: `${APP}/probe-${index}.${extension}`,
    text: `${filled}\n`,
    form,
    specifier,
    ...(check === 'defined' && { name }),
    ...(inner !== '' && { inner }),
    checkedBy,
    mode,
    check,
    linked: resolvedMode(form) === 'import',
  };
}
