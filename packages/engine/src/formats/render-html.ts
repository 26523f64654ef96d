import { printableJson } from '../model/printable.js';
import { existsSync, readFileSync } from 'node:fs';
import { VerifyError } from '../model/problem.js';
import type { MergedReport } from '../report/merged-report.js';
import { mapDataOf } from './map-data.js';
import type { ReadText } from './map-data.js';

/** Where the page's build writes it: beside the bundle as published, and in a cache for tests. */
const PAGES = ['./export-map.html', '../../.cache/export-map.html'];
const DATA = '/*DATA*/';

/** The export map: a page that needs no other file and no network. */
export function renderHtml(report: MergedReport, readText?: ReadText): string {
  const json = scriptSafe(printableJson(JSON.stringify(mapDataOf(report, readText))));
  return page().replace(DATA, () => json);
}

let text: string | undefined;

function page(): string {
  if (text !== undefined) return text;
  const file = PAGES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (!file)
    throw new VerifyError({
      kind: 'unreadable',
      message: 'The page of the export map is missing from this installation.',
      remedy: 'Install @verify-exports/engine again.',
    });
  text = readFileSync(file, 'utf8');
  return text;
}

/** JSON in a `<script>` must contain no text that ends the element or begins a comment. */
function scriptSafe(json: string): string {
  return json.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
