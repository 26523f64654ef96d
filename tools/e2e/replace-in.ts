import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces text in a file. @throws Error if the file does not contain it */
export function replaceIn(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, to));
}
