import { groupBy } from '../../collections/group-by.js';
import type { LoadAttempt } from '../../model/load-result.js';
import type { Severity } from '../../model/report.js';
import { defineRule } from '../define-rule.js';
import type { EvidenceAt, RuleFacts } from '../define-rule.js';
import { listed } from '../words.js';

interface Data {
  readonly packageName: string;
  /** Attempts that fail for the same reason. */
  readonly attempts: readonly [LoadAttempt, ...LoadAttempt[]];
}

export const loadFailure = defineRule<Data>({
  code: 'VE401',
  name: 'load-failure',
  reference: 'https://nodejs.org/api/esm.html',
  since: '0.1.0',
  severity: 'error',
  title: 'An entry point fails when Node loads it.',

  find(facts) {
    const { own, loads } = facts;
    const failing = (loads?.attempts ?? []).filter((attempt) => fails(attempt, facts));
    return [...groupBy(failing, causeKey).values()].map((group) => {
      const attempts = group as unknown as Data['attempts'];
      const [first] = attempts;
      const atMost = atMostFor(first);
      return {
        // A failure in another package is the same one that this package's own check reports.
        identity: [...(first.frame ? [] : [own.project]), causeKey(first)],
        hits: first.frame
          ? [{ project: own.project, place: first.frame }]
          : attempts.map(({ place }) => ({ project: own.project, place })),
        provider: {
          package: own.name ?? own.project,
          entryPoint: first.subpath,
          conditions: first.conditions,
          file: first.file,
        },
        ...(atMost && { atMost }),
        data: { packageName: own.name ?? own.project, attempts },
      };
    });
  },

  describe({ packageName, attempts }) {
    const [{ outcome, chain, subpath }] = attempts;
    const specifiers = [...new Set(attempts.map((each) => `"${packageName}${each.subpath.slice(1)}"`))];
    const modes = [...new Set(attempts.map(({ mode }) => `\`${mode}\``))];
    const subject = `${listed(specifiers)} ${specifiers.length === 1 ? 'is' : 'are'} loaded by ${modes.join(' and ')}`;
    const evidence: EvidenceAt[] = [
      ...entriesOf(attempts),
      ...(chain.length > 1 ? [{ role: 'loaded' as const, text: chain.join(' → ') }] : []),
    ];
    const words = wordsFor(outcome, `${packageName}${subpath.slice(1)}`, subject);
    return { message: words.message, evidence, fix: { title: words.fix, edits: [] } };
  },
});

/** The manifest's places, each once, with the file that is loaded. */
function entriesOf(attempts: readonly LoadAttempt[]): readonly EvidenceAt[] {
  const entries = new Map(
    attempts.map(({ place, file }) => [`${place.file}:${place.start} ${file}`, { place, file }]),
  );
  return [...entries.values()].map(({ place, file }) => ({ role: 'entry' as const, text: file, place }));
}

/** Programs may end, and may keep running. A module that others import may not. */
function fails({ outcome }: LoadAttempt, facts: RuleFacts): boolean {
  if (outcome.kind === 'loaded') return outcome.open.length > 0 && isForOthers(facts);
  // A program that opens a server or a file has loaded everything before.
  if (outcome.kind === 'failed' && outcome.cause?.kind === 'denied') return isForOthers(facts);
  return outcome.kind !== 'exited' || outcome.code !== 0 || isForOthers(facts);
}

function isForOthers({ own, answers }: RuleFacts): boolean {
  return (
    own.publication.published ||
    answers.some(
      ({ demand: { provider, dependent } }) => provider === own.project && dependent !== own.project,
    )
  );
}

function causeKey({ outcome, frame, file }: LoadAttempt): string {
  const where = frame ? `${frame.file}:${frame.start}` : file;
  switch (outcome.kind) {
    case 'loaded':
      return `open ${outcome.open.toSorted().join(',')} ${file}`;
    case 'failed':
      return `${outcome.stage} ${outcome.message} ${where}`;
    default:
      return `${outcome.kind} ${where}`;
  }
}

function atMostFor({ outcome }: LoadAttempt): Severity | undefined {
  if (outcome.kind === 'loaded' || outcome.kind === 'timed-out') return 'warning';
  if (outcome.kind !== 'failed' || !outcome.cause) return undefined;
  return outcome.cause.kind === 'environment' ? 'warning' : 'info';
}

function wordsFor(
  outcome: LoadAttempt['outcome'],
  specifier: string,
  subject: string,
): { readonly message: string; readonly fix: string } {
  switch (outcome.kind) {
    case 'loaded':
      return {
        message: `"${specifier}" keeps the process running after it is loaded (${outcome.open.join(', ')}), so a program that imports it does not end.`,
        fix: 'start it in a function that the importer calls, or call `unref()` on it',
      };
    case 'exited':
      return {
        message: `${subject}, and the code ends the process with exit code ${outcome.code}.`,
        fix: 'end the process only in a program, not in a module that others import',
      };
    case 'timed-out':
      return {
        message: `${subject}, and that does not finish within ${outcome.seconds} seconds.`,
        fix: 'do less work while the module loads, or set a longer `timeout` in the option `load`',
      };
    case 'killed':
      return {
        message: `${subject}, and that fails: ${outcome.reason}.`,
        fix: 'do less work while the module loads',
      };
    case 'failed':
      return failedWords(outcome, subject);
  }
}

function failedWords(
  { stage, message, cause }: Extract<LoadAttempt['outcome'], { readonly kind: 'failed' }>,
  subject: string,
): { readonly message: string; readonly fix: string } {
  switch (cause?.kind) {
    case 'denied':
      return {
        message: `${subject}, and the code tries to ${cause.what}, which the check denies. Whether it loads is unknown.`,
        fix: 'do it in a function that the importer calls',
      };
    case 'peer':
      return {
        message: `${subject}, but its peer "${cause.package}" is not installed here. Whether it loads is unknown.`,
        fix: `add "${cause.package}" to "devDependencies", so that the check can load it`,
      };
    case 'browser':
      return {
        message: `${subject}, but the code needs \`${cause.variable}\`, which only browsers have.`,
        fix: `add the condition "browser" to its target in the manifest, or read \`${cause.variable}\` in a function`,
      };
    case 'environment':
      return {
        message: `${subject}, and that fails without the environment variable ${cause.variable}: ${message}`,
        fix: `read ${cause.variable} in a function, or set it in \`env\` of the option \`load\``,
      };
    case undefined:
      if (stage === 'probe')
        return {
          message: `The probe fails after the entry points are loaded: ${message}`,
          fix: 'fix the code that the error names',
        };
      return {
        message:
          stage === 'later'
            ? `${subject}, and the code fails shortly afterwards: ${message}`
            : `${subject}, and that fails: ${message}`,
        fix: 'fix the code that the error names, and build again',
      };
  }
}
