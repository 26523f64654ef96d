import { greetings } from './greetings.js';

// Whoever loads the library can greet in English.
greetings.set('en', 'Hello');
