/** Loaded on demand. */
export const farewell = 'Goodbye!';
