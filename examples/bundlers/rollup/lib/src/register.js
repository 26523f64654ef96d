import { greetings } from './greetings.js';

// Loading the library registers the English greeting.
greetings.set('en', 'Hello');
