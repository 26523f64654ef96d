import type { Finding, Report } from '../src/model/report.js';

/** A finding with default values for everything that a test does not set. */
export function makeFinding(given: Partial<Finding> = {}): Finding {
  const { file = 'packages/app/main.ts', line = 1, column = 10 } = given;
  return {
    code: 'VE201',
    rule: 'missing-export',
    severity: 'error',
    message: '"x" is imported from "@acme/lib", but its built entry point does not export it.',
    file,
    line,
    column,
    evidence: [],
    affected: { count: 1, places: [{ project: 'app', file, line, column }], projects: ['app'] },
    fingerprint: 'aaaaaaaaaaaa',
    ...given,
  };
}

/** A report, likewise. */
export function makeReport(given: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    project: 'app',
    verdict: 'pass',
    notes: [],
    findings: [],
    problems: [],
    ignored: [],
    inventory: { entryPoints: [] },
    imports: [],
    coverage: { modules: 0, demands: { met: 0, unmet: 0, unknown: 0 }, unknownBy: {} },
    ...given,
  };
}
