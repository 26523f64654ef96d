import type { Severity } from '../model/report.js';

const MILDEST_FIRST: readonly Severity[] = ['info', 'warning', 'error'];

export function milder(one: Severity, other: Severity): Severity {
  return MILDEST_FIRST.find((severity) => severity === one || severity === other)!;
}
