export const german = { language: 'de', greeting: 'Hallo' };
