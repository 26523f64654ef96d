import { printableJson } from '../model/printable.js';
import type { MergedReport } from '../report/merged-report.js';
import { renderGithub } from './render-github.js';
import { renderGitlab } from './render-gitlab.js';
import type { ReadText } from './map-data.js';
import { renderHtml } from './render-html.js';
import { renderJunit } from './render-junit.js';
import { renderMarkdown } from './render-markdown.js';
import { renderSarif } from './render-sarif.js';
import { renderMergedText } from './render-text.js';
import type { TextOptions } from './render-text.js';

/** How a report is rendered. */
export interface RenderOptions extends TextOptions {
  /** Reads a file of the workspace, for the source excerpts of the format `html`. Without it, there are none. */
  readonly readText?: ReadText;
}

interface Format {
  readonly description: string;
  render(report: MergedReport, options: RenderOptions): string;
}

/** Every output format, with one line that says who reads it. */
const FORMATS = {
  text: {
    description: 'for people',
    render: (report, options) => `${renderMergedText(report, options)}\n`,
  },
  json: {
    description: 'the merged report, for programs',
    render: (report) => `${printableJson(JSON.stringify(report, null, 2))}\n`,
  },
  github: {
    description: 'text with annotations for GitHub Actions',
    render: (report, options) => {
      const commands = renderGithub(report);
      return `${renderMergedText(report, options)}\n${commands === '' ? '' : `\n${commands}\n`}`;
    },
  },
  sarif: { description: 'SARIF 2.1.0, for code scanning and editors', render: renderSarif },
  junit: { description: 'JUnit XML, for the test results of a CI service', render: renderJunit },
  gitlab: { description: 'GitLab Code Quality', render: renderGitlab },
  markdown: {
    description: 'a comment for a pull request',
    render: (report) => renderMarkdown(report),
  },
  html: {
    description: 'the export map, a page for browsers',
    render: (report, { readText }) => renderHtml(report, readText),
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

/** The names of all formats. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** What a format is for, in a few words. */
export function describeFormat(name: FormatName): string {
  return FORMATS[name].description;
}

/** Whether a text names a format. */
export function isFormatName(text: string): text is FormatName {
  return Object.hasOwn(FORMATS, text);
}

/**
 * Renders a report. The same report gives the same bytes.
 *
 * @param options how text looks, and what reads sources; formats that need neither ignore them
 * @returns a text that ends with a newline
 */
export function renderReport(name: FormatName, report: MergedReport, options: RenderOptions = {}): string {
  const format: Format = FORMATS[name];
  return format.render(report, options);
}
