/**
 * What must not change in a report if only words change: everything except messages, titles, remedies, notes and reasons.
 *
 * @typedef {import('../../packages/engine/dist/index.js').Report} Report
 * @typedef {import('../../packages/engine/dist/index.js').Finding} Finding
 * @param {Report} report
 * @param {number} exitStatus
 */
export function comparableReport(report, exitStatus) {
  const { project, verdict, findings, problems, ignored, inventory, coverage } = report;
  return {
    project,
    package: report.package,
    verdict,
    exitStatus,
    notes: report.notes.length,
    findings: sorted(findings.map(comparableFinding)),
    problems: sorted(problems.map(({ kind, file, line, column }) => ({ kind, file, line, column }))),
    ignored: sorted(ignored.map(({ code, fingerprint }) => ({ code, fingerprint }))),
    inventory: inventory.entryPoints.map(({ subpath, variants }) => ({
      subpath,
      variants: variants.map(({ open, ...variant }) => ({ ...variant, open: open !== undefined })),
    })),
    coverage,
  };
}

/** @param {Finding} finding */
function comparableFinding(finding) {
  const { message: _message, evidence, fix, ...rest } = finding;
  const places = evidence.map(({ file, line, column }) => ({ file, line, column }));
  return { ...rest, evidence: places, ...(fix && { edits: fix.edits }) };
}

/**
 * In an order that does not depend on words.
 *
 * @template T
 * @param {readonly T[]} values
 */
function sorted(values) {
  const keyed = values.map((value) => /** @type {const} */ ([JSON.stringify(value), value]));
  return keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/**
 * The paths at which two plain values differ, each with both values.
 *
 * @param {unknown} before
 * @param {unknown} after
 * @param {string} [path]
 * @returns {string[]}
 */
export function differences(before, after, path = '') {
  if (Object.is(before, after)) return [];
  if (isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key));
  }
  return [`${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`];
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isContainer(value) {
  return typeof value === 'object' && value !== null;
}
