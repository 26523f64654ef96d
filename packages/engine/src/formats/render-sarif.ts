import type { Log, Location, ReportingDescriptor, Result, Fix as SarifFix, Notification } from 'sarif';
import { printable, printableData, printableJson } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import type { Edit, Finding, Severity } from '../model/report.js';
import type { MergedReport } from '../report/merged-report.js';
import type { Rule } from '../rules/define-rule.js';
import { RULES } from '../rules/registry.js';
import { engineVersion } from './engine-version.js';
import { rulePageText } from './rule-page.js';

const LEVEL: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', info: 'note' };

/** GitHub refuses a file with more results in one run, or with more locations in one result. */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 1000;

/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): one
 * run, with the page of each rule as help, the places of evidence as related locations, and edits as
 * fixes. What could not be checked is a notification of the invocation.
 */
export function renderSarif(given: MergedReport): string {
  const { findings, problems } = printableData({
    findings: given.findings.map((finding) => ({ ...finding, fix: NO_FIX })),
    problems: given.problems,
  });
  const used = RULES.filter(({ code }) => findings.some((finding) => finding.code === code));
  const order = new Map(used.map(({ code }, index) => [code as string, index]));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: {
          driver: { name: 'verify-exports', semanticVersion: engineVersion(), rules: used.map(descriptor) },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the workspace.' } } },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            ...(problems.length > 0 && { toolExecutionNotifications: problems.map(notification) }),
          },
        ],
        results: findings
          .slice(0, MOST_RESULTS)
          .map((finding, index) => result(finding, given.findings[index]!, order.get(finding.code) ?? -1)),
      },
    ],
  };
  // The text of an edit stays as it is, so only the JSON of it is made printable.
  return `${printableJson(JSON.stringify(log, null, 2))}\n`;
}

/** The text of an edit must stay as it is. */
const NO_FIX = { title: '', edits: [] };

const ROOT = '%SRCROOT%';

function descriptor({ code, name, title, severity, reference }: Rule): ReportingDescriptor {
  const page = rulePageText(name);
  return {
    id: code,
    name: name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: title },
    helpUri: reference,
    help: { text: title, ...(page !== undefined && { markdown: page }) },
    defaultConfiguration: { level: LEVEL[severity] },
  };
}

function result(shown: Finding, raw: Finding, ruleIndex: number): Result {
  const related = relatedLocations(shown, raw);
  const fix = raw.fix && sarifFix(raw.fix.title, raw.fix.edits);
  return {
    ruleId: shown.code,
    ruleIndex,
    level: LEVEL[shown.severity],
    message: { text: raw.fix ? `${shown.message}\nFix: ${printable(raw.fix.title)}` : shown.message },
    locations: [location(raw)],
    ...(related.length > 0 && { relatedLocations: related }),
    partialFingerprints: { 'verifyExports/v1': shown.fingerprint },
    ...(fix && { fixes: [fix] }),
  };
}

function relatedLocations(shown: Finding, raw: Finding): Location[] {
  const evidence = raw.evidence.flatMap((entry, index) => {
    const { role, text } = shown.evidence[index]!;
    const { file, line, column } = entry;
    if (file === undefined || line === undefined || column === undefined) return [];
    return [
      { ...location({ file, line, column }), message: { text: [role, text].filter(Boolean).join(': ') } },
    ];
  });
  const also = raw.affected.places
    .filter(({ file, line }) => file !== raw.file || line !== raw.line)
    .map((place) => ({ ...location(place), message: { text: `also: ${printable(place.project)}` } }));
  return [...evidence, ...also].slice(0, MOST_LOCATIONS).map((entry, index) => ({ id: index + 1, ...entry }));
}

function location(place: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}): Location {
  const { file, line, column, endLine, endColumn } = place;
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
      region: {
        startLine: line,
        startColumn: column,
        ...(endLine !== undefined && { endLine }),
        ...(endColumn !== undefined && { endColumn }),
      },
    },
  };
}

function artifact(file: string): { readonly uri: string; readonly uriBaseId: string } {
  // Half of a surrogate pair has no encoding. A buffer replaces it.
  const path = Buffer.from(file).toString();
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function sarifFix(title: string, edits: readonly Edit[]): SarifFix | undefined {
  if (edits.length === 0) return undefined;
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: printable(title) },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ start, end, text }) => ({
          deletedRegion: { charOffset: start, charLength: end - start },
          insertedContent: { text },
        })),
    })),
  };
}

function notification({ message, remedy, file, line, column }: Problem): Notification {
  return {
    level: 'error',
    message: { text: `${message} ${remedy}` },
    ...(file !== undefined && { locations: [location({ file, line: line ?? 1, column: column ?? 1 })] }),
  };
}
