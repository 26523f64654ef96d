import type { MissingReference, ReferenceKind } from '../../model/bundle-trace.js';
import { defineRule } from '../define-rule.js';
import { missingBreakage, missingFiles, similar } from '../missing-files.js';
import { oneForEachCause } from '../one-cause.js';

/** What the code or page does with the file. */
const VERB: Record<ReferenceKind, string> = {
  module: 'loaded',
  types: 'referred to',
  glob: 'loaded',
  worker: 'started as a worker',
  url: 'referred to by its URL',
  file: 'read from disk',
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

  find: (facts) =>
    oneForEachCause(missingFiles(facts, false).map((missing) => missingBreakage(facts, missing, missing))),

  describe: ({ specifier, kind, target, near }) => ({
    message: `"${specifier}" is ${VERB[kind]}, but the build output does not contain ${target}.`,
    evidence: similar(near),
  }),
});
