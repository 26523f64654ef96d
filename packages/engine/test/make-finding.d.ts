import type { Finding, Report } from '../src/model/report.js';
/** A finding with everything that a test does not care about filled in. */
export declare function makeFinding(given?: Partial<Finding>): Finding;
/** A report, likewise. */
export declare function makeReport(given?: Partial<Report>): Report;
