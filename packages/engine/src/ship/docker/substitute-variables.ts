/**
 * Values of ARG and ENV at one point of a Dockerfile; undefined for one that only the build's
 * caller sets.
 */
export type Variables = ReadonlyMap<string, string | undefined>;

/** `ENV A=$A$A` doubles a value with each line. No path or image name is so long. */
const LONGEST = 65_536;

const VARIABLE = /\\(.)|\$(?:(\w+)|\{(\w+)(?::([-+])((?:[^{}]|\{[^{}]*\})*))?\})/g;

/**
 * Substitutes `$X`, `${X}`, `${X:-default}` and `${X:+other}` as BuildKit does.
 *
 * @returns the text, or the name of a variable whose value is not in the Dockerfile
 */
export function substituteVariables(
  text: string,
  variables: Variables,
): { readonly text: string } | { readonly unknown: string } {
  let unknown: string | undefined;
  let length = 0;
  const replaced = text.replace(VARIABLE, (all, escaped, plain, braced, operator, word: string = '') => {
    if (escaped !== undefined) return escaped === '$' ? '$' : all;
    const name: string = plain ?? braced;
    const value = variables.get(name);
    const other = substituteVariables(word, variables);
    if (operator === '-' && !value && 'text' in other) {
      // The caller may set another value; the default is what a plain build uses.
      return other.text;
    }
    if (value === undefined) unknown ??= name;
    length += value?.length ?? 0;
    if (length > LONGEST) {
      unknown ??= name;
      return '';
    }
    if (operator === '+') return value && 'text' in other ? other.text : '';
    return value ?? '';
  });
  return unknown === undefined ? { text: replaced } : { unknown };
}
