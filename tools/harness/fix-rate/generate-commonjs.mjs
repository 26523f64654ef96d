const BARRELS = ['object', 'requires', 'destructured', 'spread', 'exports', 'module.exports', 'defined'];
const LEAVES = ['exports', 'object', 'function'];

/** A library of hand-written CommonJS: leaf modules, and a barrel in one of the usual styles. */
export function generateCommonJs(random, style) {
  const leaves = Array.from({ length: 2 + random.int(0, 3 - 1) }, (_, index) => ({
    path: `${random.pick(['', 'deep/'])}leaf${index}`,
    form: random.pick(LEAVES),
    names: Array.from({ length: 1 + random.int(0, 2 - 1) }, (__, at) => ({ name: `name${index}${at}` })),
  }));
  return { style, barrel: random.pick(BARRELS), leaves, subpaths: [], commonjs: true };
}

/** The sources by path inside `src`. The barrel does not have the `dropped` names. */
export function renderCommonJs({ style, barrel, leaves }, dropped = new Set()) {
  const end = style.semicolon;
  const files = new Map(leaves.map((leaf) => [`${leaf.path}.js`, leafText(leaf, end)]));
  const call = ({ path }) => {
    const specifier = style.extension === '' ? `./${path}` : `./${path}.js`;
    return `require(${style.quote}${specifier}${style.quote})`;
  };
  const parts = leaves.map((leaf) => ({
    call: call(leaf),
    whole: leaf.names.every(({ name }) => !dropped.has(name)),
    names: leaf.names.map(({ name }) => name).filter((name) => !dropped.has(name)),
  }));
  const lines = BARREL_LINES[barrel](
    parts.filter(({ names }) => names.length > 0),
    end,
  );
  files.set('index.js', `${["'use strict'" + end, ...lines].join('\n')}\n`);
  return new Map([...files].map(([file, text]) => [file, style.crlf ? text.replaceAll('\n', '\r\n') : text]));
}

function leafText({ names, form }, end) {
  if (form === 'exports') return names.map(({ name }) => `exports.${name} = () => 1${end}\n`).join('');
  const functions = names.map(({ name }) => `function ${name}() {\n  return 1${end}\n}\n`);
  const list = names.map(({ name }) => name).join(', ');
  return form === 'object'
    ? `${functions.join('\n')}\nmodule.exports = { ${list} }${end}\n`
    : `${functions.join('\n')}\n${names.map(({ name }) => `module.exports.${name} = ${name}${end}\n`).join('')}`;
}

const each = (parts, line) => parts.flatMap(({ call, names }) => names.map((name) => line(name, call)));

const BARREL_LINES = {
  requires: (parts, end) =>
    parts.flatMap(({ call, names }, index) => [
      `const part${index} = ${call}${end}`,
      ...names.map((name) => `exports.${name} = part${index}.${name}${end}`),
    ]),
  object: (parts, end) => [
    ...each(parts, (name, call) => `const ${name} = ${call}.${name}${end}`),
    'module.exports = {',
    ...each(parts, (name) => `  ${name},`),
    `}${end}`,
  ],
  destructured: (parts, end) => [
    ...parts.map(({ call, names }) => `const { ${names.join(', ')} } = ${call}${end}`),
    '',
    `module.exports = { ${parts.flatMap(({ names }) => names).join(', ')} }${end}`,
  ],
  spread: (parts, end) => [
    ...parts.flatMap(({ call, names, whole }) =>
      whole ? [] : [`const { ${names.join(', ')} } = ${call}${end}`],
    ),
    'module.exports = {',
    ...parts.flatMap(({ names, whole }) => (whole ? [] : names.map((name) => `  ${name},`))),
    ...parts.flatMap(({ call, whole }) => (whole ? [`  ...${call},`] : [])),
    `}${end}`,
  ],
  exports: (parts, end) => each(parts, (name, call) => `exports.${name} = ${call}.${name}${end}`),
  'module.exports': (parts, end) =>
    each(parts, (name, call) => `module.exports.${name} = ${call}.${name}${end}`),
  defined: (parts, end) =>
    each(
      parts,
      (name, call) =>
        `Object.defineProperty(exports, '${name}', { enumerable: true, get: function () { return ${call}.${name}${end} } })${end}`,
    ),
};
