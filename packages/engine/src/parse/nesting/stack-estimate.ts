import type { Language } from '../../model/module-record.js';
import { COST, isDouble, operatorCost } from './costs.js';
import { CASE, ELSE, keywordAt } from './keywords.js';
import { endOf, endOfRegularExpression, endOfString, endOfTemplateText } from './literals.js';
import { beginsName, Sort, SORT } from './characters.js';
import { Kind, levelOf } from './level.js';
import type { Level } from './level.js';

/**
 * Estimates the stack that a parser needs for a text, in one pass over its characters. It is no
 * parser: what it misreads, such as a regular expression after a parenthesis, ends with the line or
 * with the brace around it.
 */
export class StackEstimate {
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
        return this.#literal(endOfString(this.#text, this.#at, this.#level.inTag));
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
        return this.#operator(0, 1);
      case 60: // <
        return this.#less(next);
      case 62: // >
        return this.#greater();
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
        this.#operator(operatorCost(code, next, this.#typed), isDouble(code, next) ? 2 : 1);
    }
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

  #template(): void {
    const end = endOfTemplateText(this.#text, this.#at);
    const isExpression = this.#text.charCodeAt(end) === 36;
    this.#at = end + 1;
    if (isExpression) this.#push(Kind.Template, COST.template);
    else this.#after(true);
  }

  #slash(next: number): void {
    if (next === 47 || next === 42) {
      // The end of a line comment is a line of its own.
      this.#at = next === 42 ? endOf(this.#text, '*/', this.#at + 2) : endOf(this.#text, '\n', this.#at) - 1;
    } else if (this.#level.inTag && next === 62) {
      this.#at += 2;
      this.#endElement();
    } else if (this.#ended) this.#operator(COST.light, 1);
    else this.#literal(endOfRegularExpression(this.#text, this.#at));
  }

  #literal(end: number): void {
    this.#at = end;
    this.#after(true);
  }

  #less(next: number): void {
    const begins = next === 62 || beginsName(next);
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
        this.#at = endOf(this.#text, '>', this.#at);
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
