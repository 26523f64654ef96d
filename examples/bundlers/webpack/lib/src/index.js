import './register.js';

export { greet } from './greet.js';
export { loadLocale } from './load-locale.js';
