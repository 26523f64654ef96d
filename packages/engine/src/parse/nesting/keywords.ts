import { COST } from './costs.js';

export interface Keyword {
  readonly word: string;
  /**
   * The cost of a statement that contains the next one without braces. It ends with the statement,
   * not with a comma.
   */
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

export const CASE = keyword('case', { beforeExpression: true });
export const ELSE = keyword('else', { beforeExpression: true, continues: true });

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

/** By length and the first two letters, which are different for each of them. */
const KEYWORD_TABLE: (Keyword | undefined)[] = Array.from({ length: 11 * 1024 }, () => undefined);
for (const each of KEYWORDS) {
  KEYWORD_TABLE[slotOf(each.word.length, each.word.charCodeAt(0), each.word.charCodeAt(1))] = each;
}

function slotOf(length: number, first: number, second: number): number {
  return (length << 10) | ((first & 31) << 5) | (second & 31);
}

export function keywordAt(text: string, start: number, end: number, first: number): Keyword | undefined {
  const length = end - start;
  if (first < 97 || first > 122 || length < 2 || length > 10) return undefined;
  const found = KEYWORD_TABLE[slotOf(length, first, text.charCodeAt(start + 1))];
  return found !== undefined && text.startsWith(found.word, start) ? found : undefined;
}
