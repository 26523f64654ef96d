export const enum Kind {
  Root,
  Brace,
  Parenthesis,
  /** The condition of a statement, whose end is not the end of an expression. */
  Header,
  Bracket,
  Template,
}

/** What is open around a place. */
export interface Level {
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

export function levelOf(kind: Kind, base: number): Level {
  return { kind, base, statement: 0, expression: 0, angles: 0, elements: 0, around: 0, inTag: false };
}
