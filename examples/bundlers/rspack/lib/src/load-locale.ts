import { greetings } from './greetings.js';
import type { Locale } from './types.js';

/** Loads German only for a greeting in German. */
export async function loadLocale(language: 'de'): Promise<Locale> {
  const { german } = language === 'de' ? await import('./locales/german.js') : never(language);
  greetings.set(german.language, german.greeting);
  return german;
}

function never(language: never): never {
  throw new Error(`No locale "${String(language)}".`);
}
