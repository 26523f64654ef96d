/** @type {Map<string, string>} */
export const greetings = new Map();
