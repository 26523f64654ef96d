import { closest } from 'fastest-levenshtein';
import defaults from './defaults.json' with { type: 'json' };
import { greetings } from './greetings.js';

export function greet(name, language = defaults.language) {
  const greeting = greetings.get(language);
  if (greeting !== undefined) return `${greeting}, ${name}!`;
  const known = [...greetings.keys()];
  throw new Error(`No greeting in "${language}"; did you mean "${closest(language, known)}"?`);
}
