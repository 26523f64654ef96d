import type { Locale } from '../types.js';

export const german: Locale = { language: 'de', greeting: 'Hallo' };
