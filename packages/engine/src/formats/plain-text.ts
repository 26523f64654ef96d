import type { Finding } from '../model/report.js';
import { renderFindings } from './render-text.js';

/** A finding as plain text: message, evidence, other places and fix. */
export function plainText(finding: Finding): string {
  return renderFindings([finding]);
}
