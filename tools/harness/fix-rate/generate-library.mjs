/** The declarations of leaf modules: their text with and without `export`, and whether the name is only a type. */
const DECLARATIONS = {
  function: (name) => `function ${name}(): number {\n  return 1;\n}`,
  async: (name) => `async function ${name}(): Promise<void> {}`,
  generator: (name) => `function* ${name}(): Generator<number> {\n  yield 1;\n}`,
  overloads: (name) =>
    `function ${name}(a: string): string;\nexport function ${name}(a: number): number;\nexport function ${name}(a: unknown): unknown {\n  return a;\n}`,
  const: (name) => `const ${name}: number = 1;`,
  let: (name) => `let ${name}: string = 'x';`,
  arrow: (name) => `const ${name} = (a: number): number => a;`,
  class: (name) => `class ${name} {\n  a: number = 1;\n}`,
  abstract: (name) => `abstract class ${name} {}`,
  enum: (name) => `enum ${name} {\n  A = 1,\n}`,
  pair: (name) => `const ${name}: number = 1,\n  ${name}Other: number = 2;`,
  second: (name) => `const ${name}First: number = 1,\n  ${name}: number = 2;`,
  interface: (name) => `interface ${name} {\n  a: number;\n}`,
  alias: (name) => `type ${name} = { a: number } | undefined;`,
  both: (name) => `const ${name} = { a: 1 as number };\nexport type ${name} = { a: number };`,
};
const TYPES = new Set(['interface', 'alias']);

/** The declarations of one module, exported. */
export function declarationsText(leaf) {
  return leaf.names
    .map(({ name, kind, isPrivate }) => {
      const text = `export ${DECLARATIONS[kind](name)}`;
      return isPrivate ? text.replaceAll(/^export /gm, '') : text;
    })
    .concat(
      leaf.defaultName === undefined
        ? []
        : [`export default class ${leaf.defaultName} {\n  b: number = 2;\n}`],
    )
    .join('\n\n');
}

const BARRELS = ['star', 'named', 'lines', 'typed', 'imported', 'nested', 'own'];

/**
 * A library as data: modules with the names that they declare, the style of its barrel, its subpaths. `renderSources` turns it into
 * text, so a name can be removed from the data.
 */
export function generateLibrary(random, style) {
  const leaves = Array.from({ length: 2 + random.int(0, 3 - 1) }, (_, index) => {
    const names = Array.from({ length: 1 + random.int(0, 3 - 1) }, (__, at) => {
      const kind = random.pick(Object.keys(DECLARATIONS));
      const upper = TYPES.has(kind) || ['class', 'abstract', 'enum', 'both'].includes(kind);
      return { name: `${upper ? 'N' : 'n'}ame${index}${at}`, kind, type: TYPES.has(kind) };
    });
    const folder = random.pick(['', '', 'deep/', 'core/']);
    const hasDefault = random.chance(1 / 4);
    return { path: `${folder}leaf${index}`, names, ...(hasDefault && { defaultName: `Default${index}` }) };
  });
  return {
    style,
    barrel: random.pick(BARRELS),
    leaves,
    subpaths: random.chance(1 / 2) ? [random.pick(['testing', 'testing/index', 'sub/thing'])] : [],
  };
}

/** The sources by path inside `src`. The barrels do not have the `dropped` names. */
export function renderSources(library, dropped = new Set()) {
  const { style, leaves, barrel, subpaths } = library;
  const files = new Map();
  for (const leaf of leaves) files.set(`${leaf.path}.ts`, `${declarationsText(leaf)}\n`);
  for (const path of subpaths)
    files.set(`${path}.ts`, `export function helper(): number {\n  return 1;\n}\n`);
  const inCore = leaves.filter(({ path }) => path.startsWith('core/'));
  if (barrel === 'nested' && inCore.length > 0) {
    const core = inCore.flatMap((leaf) =>
      barrelLines(leaf, 'named', style, dropped, './'.concat(leaf.path.slice(5))),
    );
    files.set('core/index.ts', `${core.join('\n')}\n`);
    const rest = leaves.filter((leaf) => !inCore.includes(leaf));
    const star = `export * from ${quoted(style, specifier(style, './core/index'))}${style.semicolon}`;
    files.set(
      'index.ts',
      `${[star, ...rest.flatMap((leaf) => barrelLines(leaf, 'star', style, dropped))].join('\n')}\n`,
    );
  } else {
    const kind = barrel === 'nested' ? 'named' : barrel;
    const lines = leaves.flatMap((leaf) =>
      barrelLines(leaf, kind === 'own' ? 'named' : kind, style, dropped),
    );
    const own =
      kind === 'own' || lines.length === 0 ? [`export const own: number = 1${style.semicolon}`] : [];
    files.set('index.ts', `${[...lines, ...own].join('\n')}\n`);
  }
  return new Map([...files].map(([file, text]) => [file, style.crlf ? text.replaceAll('\n', '\r\n') : text]));
}

function barrelLines(leaf, kind, style, dropped, path = `./${leaf.path}`) {
  const from = `from ${quoted(style, specifier(style, path))}${style.semicolon}`;
  const kept = leaf.names.filter(({ name, isPrivate }) => !dropped.has(name) && !isPrivate);
  const byDefault =
    leaf.defaultName === undefined || dropped.has(leaf.defaultName)
      ? []
      : [`export { default as ${leaf.defaultName} } ${from}`];
  const values = kept.filter(({ type }) => !type).map(({ name }) => name);
  const types = kept.filter(({ type }) => type).map(({ name }) => name);
  // To lose one name, the star must be replaced by a list.
  if (kind === 'star' && leaf.names.every(({ name }) => !dropped.has(name)))
    return [`export * ${from}`, ...byDefault];
  return [...listLines(kind, values, types, from, style), ...byDefault];
}

function listLines(kind, values, types, from, style) {
  const list = [...values, ...types.map((name) => `type ${name}`)];
  if (list.length === 0) return [];
  if (kind === 'lines') return [`export {\n${list.map((name) => `  ${name},\n`).join('')}} ${from}`];
  if (kind === 'typed' || kind === 'star')
    return [
      ...(values.length > 0 ? [`export { ${values.join(', ')} } ${from}`] : []),
      ...(types.length > 0 ? [`export type { ${types.join(', ')} } ${from}`] : []),
    ];
  if (kind === 'imported')
    return [`import { ${list.join(', ')} } ${from}`, `export { ${list.join(', ')} }${style.semicolon}`];
  return [`export { ${list.join(', ')} } ${from}`];
}

function quoted({ quote }, text) {
  return `${quote}${text}${quote}`;
}

function specifier({ extension }, path) {
  return extension === '' ? path.replace(/\/index$/, '') : `${path}${extension}`;
}
