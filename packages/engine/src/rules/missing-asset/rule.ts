import type { MissingReference, ReferenceKind } from '../../model/bundle-trace.js';
import type { FilePath } from '../../model/place.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';
import { isPublished, missingBreakage, missingFiles, similar } from '../missing-files.js';
import { oneForEachCause } from '../one-cause.js';

/** What the code or page does with the file. */
const VERB: Record<ReferenceKind, string> = {
  module: 'loaded',
  types: 'referred to',
  glob: 'loaded',
  worker: 'started as a worker',
  url: 'referred to by its URL',
  file: 'read from disk',
  program: 'run by Node',
  path: 'passed to a function that loads it',
  chunk: 'loaded',
  markup: 'loaded by a page',
  style: 'referred to by a style sheet',
  'source-map': 'referred to',
};

export const missingAsset = defineRule<MissingReference>({
  code: 'VE302',
  name: 'missing-asset',
  reference: 'https://nodejs.org/api/esm.html#importmetaurl',
  since: '0.1.0',
  severity: 'error',
  title: 'Built output refers to a worker, style sheet, page part or data file that was not built.',

  find(facts) {
    const isSite = !isPublished(facts) && !facts.onlyForBundlers;
    const missing = missingFiles(facts, false)
      // An application is the website itself.
      .filter(({ fromSite }) => !fromSite || !isSite);
    return oneForEachCause(missing.map((one) => breakageOf(facts, one)));
  },

  describe: ({ specifier, kind, target, near, fromSite }) => ({
    message: fromSite
      ? `"${specifier}" is ${VERB[kind]}, but "/" is the root of the website that uses the package, and not the folder of ${target}.`
      : `"${specifier}" is ${VERB[kind]}, but the build output does not contain ${target}.`,
    evidence: similar(near),
    fix: {
      title: fromSite
        ? 'build with a relative base, such as `base: "./"` in the configuration of Vite'
        : fixOf(target, near),
      edits: [],
    },
  }),
});

function breakageOf(facts: RuleFacts, missing: MissingReference): Breakage<MissingReference> {
  const { atMost, ...breakage } = missingBreakage(facts, missing, missing);
  const served = servedFolder(facts, missing);
  // The tool that uses the page adds the folder, or a whole folder was forgotten.
  if (served !== undefined) return { ...breakage, identity: [facts.own.project, served], atMost: 'warning' };
  // What a URL from the root of a website is for is not known, but the build wrote this file for it.
  const isWarning = missing.fromSite ? !isPublished(facts) : atMost !== undefined;
  return { ...breakage, ...(isWarning && { atMost: 'warning' as const }) };
}

/** A build that writes another extension or another folder is the usual cause. */
function fixOf(target: FilePath, near: readonly FilePath[]): string {
  const write = `make the build write or copy ${target}`;
  return near.length === 1 ? `${write}, or refer to ${near[0]}` : write;
}

/**
 * The missing folder of a file that a published page refers to. Such a page is a template: the tool
 * that uses the package adds folders of its own.
 */
function servedFolder(facts: RuleFacts, { place, absentFolder }: MissingReference): FilePath | undefined {
  return isPublished(facts) && /\.html?$/.test(place.file) ? absentFolder : undefined;
}
