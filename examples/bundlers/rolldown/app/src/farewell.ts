/** Loaded when somebody leaves. */
export const farewell = 'Goodbye!';
