import { isTypeOnly } from './plan-workspace.mjs';

/**
 * The text of one declaration: in a source, with the marks that render-module.mjs explains, and in a declaration file.
 *
 * @typedef {import('./plan-workspace.mjs').Declared} Declared
 * @typedef {import('./plan-workspace.mjs').FeatureModule} FeatureModule
 */

/** @param {Declared} declared @param {FeatureModule} module @param {string[]} values imported names that exist at run time */
export function bodyOf({ kind, name }, module, values) {
  return BODIES[kind](name, wordsOf(module, values));
}

/** @param {Declared} declared @param {FeatureModule} module */
export function declarationOf({ kind, name }, module) {
  return DECLARATIONS[kind](name, wordsOf(module, []));
}

function wordsOf({ title, imports, declared }, values) {
  const types = imports.flatMap(({ names }) => names.filter(isTypeOnly).map(({ name }) => name));
  return {
    options: `${title}Options`,
    result: `${title}Result`,
    defaults: `${title.toUpperCase()}_DEFAULTS`,
    title,
    members: types.map((type, at) => `  readonly linked${at}?: ${type} | undefined;\n`).join(''),
    /** Imported values are of all kinds. A list of them compiles for each kind. */
    linked: values.map((value) => `⟪${value}⟫`).join(', '),
    hasEnum: declared.some(({ kind }) => kind === 'enum'),
  };
}

const doc = (words) => `/** ${words} */\n`;

const BODIES = {
  interface: (name, w) => `⟦${DECLARATIONS.interface(name, w)}⟧`,
  alias: (name) => `⟦${DECLARATIONS.alias(name)}⟧`,
  // tsc turns an enum into a variable and a function that fills it.
  enum: (name) => `⟦export enum ${name} {
  Idle = 0,
  Running = 1,
  Failed = 2,
}
⟧${onlyEmitted(`export var ${name};
(function (${name}) {
    ${name}[${name}["Idle"] = 0] = "Idle";
    ${name}[${name}["Running"] = 1] = "Running";
    ${name}[${name}["Failed"] = 2] = "Failed";
})(${name} || (${name} = {}));
`)}`,
  const: (
    name,
    w,
  ) => `${doc(`What applies where a caller leaves a field of ${w.options} out.`)}export const ${name}⟦: ${w.options}⟧ = {
  label: '${w.title.toLowerCase()}',
  limit: 64,
  weights: [0.5, 0.25, 0.125],
  tags: new Map([['origin', '${w.title}'], ['kind', 'generated']]),
};

const linked${w.title} = [${w.linked}]⟦ as readonly unknown[]⟧;
`,
  class: (
    name,
    w,
  ) => `${doc(`Keeps the results of ${w.title}, newest first, and forgets those beyond the limit.`)}export class ${name} {
  ⟦private readonly ⟧entries⟦: ${w.result}[]⟧ = [];
  ⟦private readonly ⟧limit⟦: number⟧;

  constructor(options⟦: Partial<${w.options}>⟧ = {}) {
    this.limit = options.limit ?? ${w.defaults}.limit;
  }

  get size()⟦: number⟧ {
    return this.entries.length;
  }

  add(entry⟦: ${w.result}⟧)⟦: this⟧ {
    this.entries.unshift(entry);
    if (this.entries.length > this.limit) this.entries.length = this.limit;
    return this;
  }

  find(label⟦: string⟧)⟦: ${w.result} | undefined⟧ {
    return this.entries.find((entry) => entry.label === label && entry.ok);
  }

  *[Symbol.iterator]()⟦: Generator<${w.result}>⟧ {
    for (const entry of this.entries) yield entry;
  }
}
`,
  function: (
    name,
    w,
  ) => `${doc(`Weighs the input by the options' weights; values past the limit are cut off.`)}export function ${name}(input⟦: readonly number[]⟧, options⟦: Partial<${w.options}>⟧ = {})⟦: ${w.result}⟧ {
  const { label, limit, weights } = { ...${w.defaults}, ...options };
  let total = 0;
  for (const [index, value] of input.entries()) {
    if (index >= limit) break;
    const weight = weights[index % weights.length] ?? 1;
    total += Number.isFinite(value) ? value * weight : 0;
  }
  if (total < 0) return { ok: false, label, reason: \`\${label} fell below zero: \${total.toFixed(2)}\` };
  return { ok: true, label, total, linked: linked${w.title}.length };
}
`,
  async: (
    name,
    w,
  ) => `${doc('Asks the source page by page until it is empty; a page that fails is asked once more.')}export async function ${name}(
  source⟦: (page: number) => Promise<readonly number[]>⟧,
  options⟦: Partial<${w.options}>⟧ = {},
)⟦: Promise<${w.result}>⟧ {
  const { label, limit } = { ...${w.defaults}, ...options };
  const seen⟦: number[]⟧ = [];
  for (let page = 0; seen.length < limit; page++) {
    const values = await source(page).catch(() => source(page));
    if (values.length === 0) break;
    seen.push(...values);
  }
  return seen.length > 0
    ? { ok: true, label, total: seen.reduce((sum, value) => sum + value, 0), linked: linked${w.title}.length }
    : { ok: false, label, reason: 'the source is empty' };
}
`,
};

const DECLARATIONS = {
  interface: (name, w) => `${doc(`How ${w.title} is to work.`)}export interface ${name} {
  readonly label: string;
  /** At most so many values count. */
  readonly limit: number;
  readonly weights: readonly number[];
  readonly tags: ReadonlyMap<string, string>;
${w.members}}
`,
  alias: (name) => `export type ${name} =
  | { readonly ok: true; readonly label: string; readonly total: number; readonly linked: number }
  | { readonly ok: false; readonly label: string; readonly reason: string };
`,
  enum: (name) => `export declare enum ${name} {
    Idle = 0,
    Running = 1,
    Failed = 2
}
`,
  const: (
    name,
    w,
  ) => `${doc(`What applies where a caller leaves a field of ${w.options} out.`)}export declare const ${name}: ${w.options};
`,
  class: (
    name,
    w,
  ) => `${doc(`Keeps the results of ${w.title}, newest first, and forgets those beyond the limit.`)}export declare class ${name} {
    private readonly entries;
    private readonly limit;
    constructor(options?: Partial<${w.options}>);
    get size(): number;
    add(entry: ${w.result}): this;
    find(label: string): ${w.result} | undefined;
    [Symbol.iterator](): Generator<${w.result}>;
}
`,
  function: (
    name,
    w,
  ) => `export declare function ${name}(input: readonly number[], options?: Partial<${w.options}>): ${w.result};
`,
  async: (
    name,
    w,
  ) => `export declare function ${name}(source: (page: number) => Promise<readonly number[]>, options?: Partial<${w.options}>): Promise<${w.result}>;
`,
};

/** Marks text that is only in the output. Text in `⟦…⟧` is only in the source. */
function onlyEmitted(text) {
  return `⟬${text}⟭`;
}
