import './register.js';

export { greet } from './greet.js';
export { loadLocale } from './load-locale.js';
export type { Locale } from './types.js';
