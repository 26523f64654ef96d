import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ruleNamed } from '../rules/registry.js';

/** The URL of a rule's page in this installed package; undefined if the file does not exist. */
export function rulePage(rule: string): string | undefined {
  const file = rulePageFile(rule);
  return file === undefined ? undefined : pathToFileURL(file).href;
}

/** The Markdown of a rule's page; undefined for an unknown rule or a missing file. */
export function rulePageText(rule: string): string | undefined {
  const file = rulePageFile(rule);
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}

function rulePageFile(rule: string): string | undefined {
  const docs = ruleNamed(rule)?.docs;
  if (docs === undefined) return undefined;
  // From dist/ as published, and from src/formats/ in tests.
  return [`../src/rules/${docs}`, `../rules/${docs}`]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
}
