import { greetings } from './greetings.js';

/** Loads German only for a greeting in German. */
export async function loadLocale(language) {
  if (language !== 'de') throw new Error(`No locale "${language}".`);
  const { german } = await import('./locales/german.js');
  greetings.set(german.language, german.greeting);
  return german;
}
