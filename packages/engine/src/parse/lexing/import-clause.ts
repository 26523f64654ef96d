import type { RequestedName } from '../../model/module-record.js';
import type { ImportBinding } from '../exports/module-syntax.js';
import { NAME } from './identifier.js';

interface Clause {
  readonly names: readonly RequestedName[];
  readonly bindings: readonly ImportBinding[];
}

const TOKEN = new RegExp(String.raw`[\s\uFEFF]*(?:(${NAME})|([{},*]))`, 'uy');

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The names that an import statement imports and binds (ECMA-262 16.2.2 ImportClause, and
 * TypeScript's `type`).
 *
 * @param from after `import`
 * @param to the start of the specifier
 * @param ofTypes whether it is an `import type` statement
 * @returns undefined if the clause has comments, quoted names or escapes
 */
export function importClause(text: string, from: number, to: number, ofTypes: boolean): Clause | undefined {
  const tokens = tokensIn(text, from, to);
  if (!tokens) return undefined;
  if (tokens.length === 0) return { names: [], bindings: [] };
  if (tokens.pop()!.text !== 'from') return undefined;
  if (ofTypes && tokens.shift()?.text !== 'type') return undefined;
  return new ClauseReader(tokens, ofTypes).read();
}

function tokensIn(text: string, from: number, to: number): Token[] | undefined {
  const tokens: Token[] = [];
  let at = from;
  while (at < to) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) break;
    const token = match[1] ?? match[2]!;
    at = TOKEN.lastIndex;
    if (at > to) return undefined;
    tokens.push({ text: token, start: at - token.length, end: at });
  }
  return text.slice(at, to).trim() === '' ? tokens : undefined;
}

class ClauseReader {
  readonly #tokens: readonly Token[];
  readonly #ofTypes: boolean;
  readonly #names: RequestedName[] = [];
  readonly #bindings: ImportBinding[] = [];
  #at = 0;

  constructor(tokens: readonly Token[], ofTypes: boolean) {
    this.#tokens = tokens;
    this.#ofTypes = ofTypes;
  }

  read(): Clause | undefined {
    const first = this.#next();
    if (first && isName(first)) {
      this.#bind('default', first, first, this.#ofTypes, 'default');
      if (this.#at === this.#tokens.length) return this.#clause();
      if (this.#next()?.text !== ',') return undefined;
    } else this.#at = 0;
    const opening = this.#next()?.text;
    const complete = opening === '*' ? this.#namespace() : opening === '{' && this.#list();
    return complete && this.#at === this.#tokens.length ? this.#clause() : undefined;
  }

  #clause(): Clause {
    return { names: this.#names, bindings: this.#bindings };
  }

  /** After `*`. */
  #namespace(): boolean {
    const [as, local] = [this.#next(), this.#next()];
    if (as?.text !== 'as' || !local || !isName(local)) return false;
    const { text, start, end } = local;
    this.#bindings.push({ local: text, typeOnly: this.#ofTypes, start, end });
    return true;
  }

  /** After `{`, to `}`. */
  #list(): boolean {
    for (;;) {
      const words: Token[] = [];
      let token = this.#next();
      for (; token && isName(token); token = this.#next()) words.push(token);
      if (words.length > 0 && !this.#entry(words)) return false;
      if (token?.text === '}') return true;
      if (token?.text !== ',' || words.length === 0) return false;
    }
  }

  /** `a`, `a as b`, `type a`, `type a as b`. Words that have several meanings are left to the parser. */
  #entry(words: readonly Token[]): boolean {
    const [first, second] = words as [Token, Token?];
    const ofType = words.length > 1 && first.text === 'type';
    if (ofType && second!.text === 'as') return false;
    const [imported, as, local] = (ofType ? words.slice(1) : words) as [Token, Token?, Token?];
    if (words.length - (ofType ? 1 : 0) === 2 || words.length > 4) return false;
    if (as && (as.text !== 'as' || !local)) return false;
    this.#bind(imported.text, imported, local ?? imported, ofType || this.#ofTypes, 'named');
    return true;
  }

  #bind(name: string, at: Token, local: Token, typeOnly: boolean, via: 'named' | 'default'): void {
    this.#names.push({ name, typeOnly, via, start: at.start, end: at.end });
    this.#bindings.push({
      local: local.text,
      typeOnly,
      start: local.start,
      end: local.end,
      imported: name,
    });
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }
}

function isName({ text }: Token): boolean {
  return !/^[{},*]$/.test(text);
}
