type Tokenize = (typeof import('js-tokens', { with: { 'resolution-mode': 'import' } }))['default'];

let loading: Promise<Tokenize> | undefined;

/** Loads the tokenizer, once per process. Most Nx commands do not need it. */
export function loadTokenizer(): Promise<Tokenize> {
  loading ??= import('js-tokens').then((module) => module.default);
  return loading;
}

/** Calls whose first argument names a module, by the name before the parenthesis. */
const CALLS = new Set([
  'require',
  'import',
  'resolve',
  'defer',
  'source',
  'URL',
  'mock',
  'doMock',
  'unmock',
  'doUnmock',
  'dontMock',
  'deepUnmock',
  'setMock',
  'importActual',
  'importMock',
  'requireActual',
  'requireMock',
  'createMockFromModule',
  'genMockFromModule',
  'unstable_mockModule',
  'unstable_unmockModule',
]);

const REFERENCE = /^\/\/\/\s*<reference\s[^>]*?\btypes\s*=\s*(["'])(.*?)\1/;

/**
 * Lists the specifiers that a module imports, from its tokens. It takes a specifier too many rather
 * than one too few.
 *
 * Nx runs this while it creates the project graph. A parser in native code would end the whole
 * process at a file that is nested too deeply, and then no Nx command of the workspace would work.
 * A tokenizer has no depth, and reads broken code too.
 *
 * @param file its name decides how the text is read
 */
export function importedSpecifiers(tokenize: Tokenize, file: string, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const script of scriptsOf(file, text)) {
    collect(tokenize(script), script, found);
    // `<T>(x)` in .tsx and `<` in .js may or may not begin an element, so both readings count.
    if (mayHaveElements(file)) collect(tokenize(script, { jsx: true }), script, found);
  }
  return found;
}

interface Token {
  readonly type: string;
  readonly value: string;
}

const BLANK = new Set(['WhiteSpace', 'LineTerminatorSequence', 'MultiLineComment', 'SingleLineComment']);

function collect(tokens: Iterable<Token>, text: string, found: Set<string>): void {
  const requires = requireFunctions(text);
  let before: readonly (Token | undefined)[] = [];
  for (const token of tokens) {
    if (BLANK.has(token.type)) {
      const reference = token.type === 'SingleLineComment' ? REFERENCE.exec(token.value) : null;
      if (reference) found.add(reference[2]!);
      continue;
    }
    const isText = token.type === 'StringLiteral' || token.type === 'NoSubstitutionTemplate';
    if (isText && namesModule(before, requires)) found.add(token.value.slice(1, -1));
    // `require(('x'))`: what counts is the name before the first parenthesis.
    if (token.value === '(' && before[0]?.value === '(') continue;
    before = [token, before[0], before[1]];
  }
}

/** Whether a text after these tokens, the last one first, is a specifier. */
function namesModule(
  [last, second, third]: readonly (Token | undefined)[],
  requires: ReadonlySet<string> | undefined,
): boolean {
  if (last?.value === 'from' || last?.value === 'import') return true;
  if (last?.value === 'module') return true;
  if (last?.value !== '(') return false;
  const callee = second?.value === '?.' ? third : second;
  if (callee === undefined) return false;
  // `vi.importActual<T>('x')`
  if (callee.value === '>') return true;
  // `createRequire(url)('x')`, `(require)('x')`
  if (callee.value === ')') return requires !== undefined;
  return CALLS.has(callee.value) || (requires?.has(callee.value) ?? false);
}

/**
 * The names of functions that `createRequire` makes; undefined for a text that has no `require` of
 * any kind.
 */
function requireFunctions(text: string): ReadonlySet<string> | undefined {
  if (!/require/i.test(text)) return undefined;
  const makers = ['createRequire', ...Array.from(text.matchAll(RENAMED), ([, name]) => name!)];
  const made = makers.flatMap((maker) => [
    ...text.matchAll(
      new RegExp(`([\\w$]+)\\s*=\\s*(?:[\\w$]+\\s*\\.\\s*)?${maker.replaceAll('$', '\\$')}\\s*\\(`, 'g'),
    ),
  ]);
  return new Set(made.map(([, name]) => name!));
}

const RENAMED = /\bcreateRequire\s*(?:as|:)\s*([\w$]+)/g;

function mayHaveElements(file: string): boolean {
  return /\.(?:[cm]?jsx?|tsx|vue|svelte|astro)$/.test(file);
}

const SCRIPT = /<!--[^]*?(?:-->|$)|<script\b((?:"[^"]*"|'[^']*'|[^>"'])*)>([^]*?)(?:<\/script\s*>|$)/gi;
const FRONTMATTER = /^\s*---(?=[ \t]*\r?\n)([^]*?)^---/m;
const SOURCE = /\ssrc\s*=\s*["']([^"']+)["']/i;

/** The scripts of a single-file component; any other file is one script. */
function scriptsOf(file: string, text: string): readonly string[] {
  if (!/\.(?:vue|svelte|astro)$/.test(file)) return [text];
  const front = file.endsWith('.astro') ? FRONTMATTER.exec(text)?.[1] : undefined;
  const blocks = [...text.matchAll(SCRIPT)].flatMap(([, attributes = '', script = '']) => {
    const source = SOURCE.exec(attributes)?.[1];
    return source === undefined ? [script] : [script, `import ${JSON.stringify(source)}`];
  });
  return front === undefined ? blocks : [front, ...blocks];
}
