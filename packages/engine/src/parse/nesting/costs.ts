/** In bytes of stack, for each construct. */
export const COST = {
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

/** Whether two characters are one operator: `=>`, `==`, `?.`, `??`, `**`, `||`, `&&`. */
export function isDouble(code: number, next: number): boolean {
  if (code === 61) return next === 62 || next === 61;
  if (code === 63) return next === 46 || next === 63;
  return next === code && (code === 42 || code === 124 || code === 38);
}

/** The cost of an operator that begins with a character. */
export function operatorCost(code: number, next: number, isTyped: boolean): number {
  switch (code) {
    case 61: // =
      return next === 62 ? COST.arrow : next === 61 ? COST.light : COST.medium;
    case 63: // ?
      return next === 46 ? COST.member : next === 63 ? COST.light : COST.medium;
    case 58: // : of a label
      return COST.medium + COST.call;
    case 42: // *
      return next === 42 ? COST.power : COST.light;
    case 46: // .
      return COST.member;
    case 124: // |
    case 38: // &
      // Unions and intersections of types are flat.
      return isTyped && next !== code ? COST.flat : COST.light;
    default:
      return 0;
  }
}
