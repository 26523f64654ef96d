import type { Locale } from './locale.js';

export type { Locale };
export declare function greet(name: string, language?: string): string;
export declare function loadLocale(language: 'de'): Promise<Locale>;
