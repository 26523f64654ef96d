import { greetings } from './greetings.js';

/** For tests: greetings that do not change when a translator does. */
export function useFixedGreeting(greeting) {
  greetings.set('test', greeting);
}
