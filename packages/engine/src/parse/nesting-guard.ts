import type { Language } from '../model/module-record.js';

/**
 * Whether a text may be nested so deeply that the parser would overflow the stack. The parser is native and recursive, so that
 * would end the whole process. The result is an estimate of the stack that the parser needs, from one pass over the text.
 *
 * The costs are measured: bytes of stack for each construct that stays open (`nesting-guard.test.ts` tries each of them).
 */
export function isNestedTooDeeply(text: string, language: Language): boolean {
  // Shorter texts cannot reach the limit.
  if (text.length * COST.brace < LARGEST_STACK) return false;
  return new Estimate(text, language).exceeds(LARGEST_STACK);
}

/** In bytes. The main thread has 8 MB on Linux and macOS, a worker 4 MB, and the main thread 1 MB on Windows. */
const LARGEST_STACK = 700 * 1024;

/** In bytes of stack, for each construct. */
const COST = {
  brace: 1700,
  parenthesis: 900,
  bracket: 500,
  template: 700,
  element: 450,
  typeArguments: 780,
  arrow: 600,
  medium: 340,
  power: 280,
  prefix: 240,
  cast: 150,
  light: 110,
  call: 80,
  member: 50,
  flat: 8,
} as const;

interface Keyword {
  readonly word: string;
  /** The cost of a statement that contains the next one without braces. It ends with the statement, not with a comma. */
  readonly statement: number;
  /** The cost of an operator. */
  readonly operator: number;
  /** An expression comes next, so that `/` begins a regular expression and `<` an element. */
  readonly beforeExpression: boolean;
  /** At the beginning of a line, or behind a block, it continues the statement. */
  readonly continues: boolean;
}

function keyword(word: string, more: Partial<Keyword> = {}): Keyword {
  return { word, statement: 0, operator: 0, beforeExpression: false, continues: false, ...more };
}

const operator = (word: string, cost: number): Keyword =>
  keyword(word, { operator: cost, beforeExpression: true });
const infix = (word: string): Keyword =>
  keyword(word, { operator: COST.light, beforeExpression: true, continues: true });

const CASE = keyword('case', { beforeExpression: true });
const ELSE = keyword('else', { beforeExpression: true, continues: true });

const KEYWORDS: readonly Keyword[] = [
  CASE,
  ELSE,
  keyword('if', { statement: 330 }),
  keyword('for', { statement: 520 }),
  keyword('while', { statement: 330 }),
  keyword('do', { statement: 330, beforeExpression: true }),
  keyword('with', { statement: 330 }),
  keyword('class', { operator: COST.typeArguments }),
  keyword('async', { operator: COST.prefix }),
  keyword('unique', { operator: COST.medium }),
  operator('yield', COST.medium),
  operator('keyof', COST.medium),
  operator('readonly', 530),
  operator('infer', 400),
  operator('new', COST.prefix),
  operator('await', COST.prefix),
  operator('typeof', COST.prefix),
  operator('void', COST.prefix),
  operator('delete', COST.prefix),
  infix('in'),
  infix('instanceof'),
  infix('as'),
  infix('satisfies'),
  infix('extends'),
  keyword('of', { beforeExpression: true, continues: true }),
  keyword('from', { continues: true }),
  keyword('catch', { continues: true }),
  keyword('finally', { continues: true }),
  keyword('return', { beforeExpression: true }),
  keyword('throw', { beforeExpression: true }),
  keyword('default', { beforeExpression: true }),
];

/** By length and the first two letters, which tell all of them apart. */
const KEYWORD_TABLE: (Keyword | undefined)[] = new Array<undefined>(11 * 1024).fill(undefined);
for (const each of KEYWORDS) {
  KEYWORD_TABLE[slotOf(each.word.length, each.word.charCodeAt(0), each.word.charCodeAt(1))] = each;
}

function slotOf(length: number, first: number, second: number): number {
  return (length << 10) | ((first & 31) << 5) | (second & 31);
}

function keywordAt(text: string, start: number, end: number, first: number): Keyword | undefined {
  const length = end - start;
  if (first < 97 || first > 122 || length < 2 || length > 10) return undefined;
  const found = KEYWORD_TABLE[slotOf(length, first, text.charCodeAt(start + 1))];
  return found !== undefined && text.startsWith(found.word, start) ? found : undefined;
}

const enum Sort {
  Sign,
  Word,
  Blank,
  Line,
}

const enum Kind {
  Root,
  Brace,
  Parenthesis,
  /** The condition of a statement, whose end is not the end of an expression. */
  Header,
  Bracket,
  Template,
}

/** What is open around a place. */
interface Level {
  readonly kind: Kind;
  /** The stack that everything around the level needs. */
  readonly base: number;
  /** Statements without braces, and operators, that contain what comes next. */
  statement: number;
  expression: number;
  /** Type arguments that are open. */
  angles: number;
  /** Elements whose end is to come. */
  elements: number;
  /** The cost of the expression in which the outermost of these elements begins. */
  around: number;
  /** Between `<name` and `>`. */
  inTag: boolean;
}

const SORT = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (/[\w$]/.test(String.fromCharCode(code))) SORT[code] = Sort.Word;
SORT[9] = SORT[32] = Sort.Blank;
SORT[10] = SORT[13] = Sort.Line;

class Estimate {
  readonly #text: string;
  readonly #typed: boolean;
  readonly #elements: boolean;
  readonly #open: Level[] = [];
  #at = 0;
  #level: Level = levelOf(Kind.Root, 0);
  /** The last token ends an expression. */
  #ended = false;
  #afterBlock = false;
  #afterSemicolon = false;
  #newline = false;
  /** The last token is a word such as `if`, whose condition comes next. */
  #header = false;

  constructor(text: string, language: Language) {
    this.#text = text;
    this.#typed = language === 'ts' || language === 'tsx' || language === 'dts';
    this.#elements = language !== 'ts' && language !== 'dts';
  }

  exceeds(limit: number): boolean {
    const text = this.#text;
    const { length } = text;
    while (this.#at < length) {
      const code = text.charCodeAt(this.#at);
      const sort = code < 128 ? SORT[code]! : Sort.Word;
      if (sort === Sort.Blank) {
        this.#at++;
        continue;
      }
      if (sort === Sort.Line) {
        this.#newline = true;
        this.#at++;
        continue;
      }
      if (sort === Sort.Sign) this.#sign(code);
      else if (!this.#word(code)) continue;
      const { base, statement, expression, elements } = this.#level;
      if (base + statement + expression + elements * COST.element > limit) return true;
    }
    return false;
  }

  /** @returns whether the word costs anything */
  #word(first: number): boolean {
    const text = this.#text;
    const start = this.#at;
    let end = start + 1;
    let code = text.charCodeAt(end);
    while (code >= 128 || SORT[code] === Sort.Word) code = text.charCodeAt(++end);
    this.#at = end;
    const keyword = keywordAt(text, start, end, first);
    const level = this.#level;
    if (keyword === CASE) this.#endStatement();
    else if ((this.#ended && this.#newline) || this.#afterBlock || this.#afterSemicolon) {
      if (!keyword?.continues) this.#endStatement();
      else if (keyword === ELSE) level.expression = 0;
    }
    this.#newline = false;
    this.#afterBlock = false;
    this.#afterSemicolon = false;
    this.#header = false;
    this.#ended = true;
    if (keyword === undefined) return false;
    this.#ended = !keyword.beforeExpression;
    if (level.inTag) return false;
    level.statement += keyword.statement;
    level.expression += keyword.operator;
    this.#header = keyword.statement > 0;
    return true;
  }

  #sign(code: number): void {
    // Nothing but a new statement or member begins with a text, `@` or `#` on a line of its own.
    const begins = (code === 34 || code === 39 || code === 64 || code === 35) && this.#ended && this.#newline;
    if (this.#afterSemicolon || begins) this.#endStatement();
    const next = this.#text.charCodeAt(this.#at + 1);
    switch (code) {
      case 39: // '
      case 34: // "
        return this.#string(code);
      case 96: // `
        this.#level.expression += COST.light;
        this.#at++;
        return this.#template();
      case 47: // /
        return this.#slash(next);
      case 40: // (
        return this.#push(this.#header ? Kind.Header : Kind.Parenthesis, COST.parenthesis);
      case 91: // [
        return this.#push(Kind.Bracket, COST.bracket);
      case 123: // {
        return this.#push(Kind.Brace, COST.brace);
      case 41: // )
        return this.#close(Kind.Parenthesis, Kind.Header);
      case 93: // ]
        return this.#close(Kind.Bracket, Kind.Bracket);
      case 125: // }
        return this.#close(Kind.Brace, Kind.Template);
      case 59: // ;
        this.#level.expression = 0;
        this.#level.angles = 0;
        this.#at++;
        this.#after(false);
        this.#afterSemicolon = true;
        return;
      case 44: // ,
        if (this.#level.angles === 0) this.#level.expression = 0;
        break;
      case 60: // <
        return this.#less(next);
      case 62: // >
        return this.#greater();
      case 61: // =
        if (next === 62) return this.#operator(COST.arrow, 2);
        return next === 61 ? this.#operator(COST.light, 2) : this.#operator(COST.medium, 1);
      case 63: // ?
        if (next === 46) return this.#operator(COST.member, 2);
        return next === 63 ? this.#operator(COST.light, 2) : this.#operator(COST.medium, 1);
      case 58: // :
        return this.#operator(COST.medium + COST.call, 1);
      case 42: // *
        return next === 42 ? this.#operator(COST.power, 2) : this.#operator(COST.light, 1);
      case 46: // .
        this.#level.expression += COST.member;
        break;
      case 124: // |
      case 38: // &
        // Unions and intersections of types are flat.
        return this.#operator(this.#typed && next !== code ? COST.flat : COST.light, next === code ? 2 : 1);
      case 33: // !
      case 37: // %
      case 43: // +
      case 45: // -
      case 94: // ^
      case 126: // ~
        this.#level.expression += COST.light;
        // `a!.b`, `a++`: whatever ended before still ends.
        this.#at++;
        this.#after(this.#ended && (code === 33 || next === code));
        return;
      default:
    }
    this.#at++;
    this.#after(false);
  }

  #operator(cost: number, length: number): void {
    this.#level.expression += cost;
    this.#at += length;
    this.#after(false);
  }

  #after(ended: boolean): void {
    this.#ended = ended;
    this.#newline = false;
    this.#afterBlock = false;
    this.#afterSemicolon = false;
    this.#header = false;
  }

  #endStatement(): void {
    this.#level.statement = 0;
    this.#level.expression = 0;
    this.#level.angles = 0;
    this.#afterSemicolon = false;
  }

  #push(kind: Kind, cost: number): void {
    const { base, statement, expression, elements } = this.#level;
    this.#open.push(this.#level);
    this.#level = levelOf(kind, base + statement + expression + elements * COST.element + cost);
    this.#at++;
    this.#after(false);
  }

  /** Brackets in what was misread do not close what is around them. */
  #close(kind: Kind, other: Kind): void {
    this.#at++;
    const { kind: closed } = this.#level;
    if (closed !== kind && closed !== other) {
      const outer = this.#open.findLastIndex((level) => level.kind === kind || level.kind === other);
      // Only a brace is trusted to close what a stray bracket has left open.
      if (outer === -1 || kind !== Kind.Brace) return this.#after(true);
      this.#level = this.#open[outer]!;
      this.#open.length = outer;
      return this.#close(kind, other);
    }
    this.#level = this.#open.pop()!;
    this.#level.expression += COST.call;
    this.#after(closed !== Kind.Header);
    this.#afterBlock = closed === Kind.Brace;
    if (closed === Kind.Template) this.#template();
    else if (closed === Kind.Brace && this.#level.elements > 0 && !this.#level.inTag) this.#children();
  }

  /** A text ends with its line, whatever quote is missing. */
  #string(quote: number): void {
    let at = this.#at + 1;
    for (; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === quote || (code === 10 && !this.#level.inTag)) break;
      if (code === 92) at++;
    }
    this.#at = at + 1;
    this.#after(true);
  }

  /** From behind a backtick, or behind the `}` of an expression, to the next expression or the end. */
  #template(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 92) this.#at++;
      else if (code === 96) break;
      else if (code === 36 && this.#text.charCodeAt(this.#at + 1) === 123) {
        this.#at++;
        return this.#push(Kind.Template, COST.template);
      }
    }
    this.#at++;
    this.#after(true);
  }

  #slash(next: number): void {
    if (next === 47) return this.#skipTo('\n', 0);
    if (next === 42) return this.#skipTo('*/', 2);
    if (this.#level.inTag && next === 62) {
      this.#at += 2;
      return this.#endElement();
    }
    if (this.#ended) return this.#operator(COST.light, 1);
    let inClass = false;
    let at = this.#at + 1;
    for (; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 10) break;
      if (code === 92) at++;
      else if (code === 91) inClass = true;
      else if (code === 93) inClass = false;
      else if (code === 47 && !inClass) break;
    }
    this.#at = at + 1;
    this.#after(true);
  }

  #skipTo(end: string, extra: number): void {
    const found = this.#text.indexOf(end, this.#at + 2);
    this.#at = found === -1 ? this.#text.length : found + extra;
  }

  #less(next: number): void {
    const begins =
      next === 62 || next === 36 || (next < 128 && SORT[next] === Sort.Word && (next < 48 || next > 57));
    if (this.#elements && !this.#ended && begins && !this.#areTypeParameters()) {
      if (this.#level.elements === 0) this.#level.around = this.#level.expression;
      this.#level.elements++;
      this.#at++;
      if (next === 62) {
        this.#at++;
        return this.#children();
      }
      this.#level.inTag = true;
      return this.#after(false);
    }
    if (!this.#typed) return this.#operator(COST.light, 1);
    this.#level.angles++;
    this.#operator(COST.typeArguments, 1);
  }

  /** `<T,>(x: T) => x` in a file that may have elements. */
  #areTypeParameters(): boolean {
    TYPE_PARAMETERS.lastIndex = this.#at;
    return this.#typed && TYPE_PARAMETERS.test(this.#text);
  }

  #greater(): void {
    const level = this.#level;
    if (level.inTag) {
      level.inTag = false;
      this.#at++;
      return this.#children();
    }
    if (level.angles === 0) return this.#operator(COST.light, 1);
    level.angles--;
    // `<A>x` contains what it casts.
    level.expression = Math.max(0, level.expression - COST.typeArguments + COST.cast);
    this.#at++;
    this.#after(true);
  }

  /** The text between elements, where quotes and brackets mean nothing. */
  #children(): void {
    // The attributes of what came before contain nothing that comes next.
    this.#level.expression = this.#level.around;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 123) return this.#push(Kind.Brace, COST.brace);
      if (code !== 60) continue;
      if (this.#text.charCodeAt(this.#at + 1) === 47) {
        this.#skipTo('>', 1);
        return this.#endElement();
      }
      return this.#after(false);
    }
  }

  #endElement(): void {
    this.#level.elements = Math.max(0, this.#level.elements - 1);
    this.#level.inTag = false;
    this.#after(true);
    if (this.#level.elements > 0) this.#children();
  }
}

const TYPE_PARAMETERS = /<\s*(?:const\s+)?[\w$]+\s*(?:,|extends\s|=\s)/y;

function levelOf(kind: Kind, base: number): Level {
  return { kind, base, statement: 0, expression: 0, angles: 0, elements: 0, around: 0, inTag: false };
}
