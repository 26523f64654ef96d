export const greetings = new Map<string, string>();
