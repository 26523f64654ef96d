import { printableJson } from '../model/printable.js';
import type { Report } from '../model/report.js';

/** The report as the bytes that are written to disk. */
export function renderJson(report: Report): string {
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}
