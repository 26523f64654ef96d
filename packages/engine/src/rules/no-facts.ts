import type { WorkspacePackage } from '../model/workspace.js';
import type { LookUp, RuleFacts } from './define-rule.js';

/** The facts about a project before any stage ran. Callers replace the facts that they know. */
export function noFacts(own: WorkspacePackage, lookUp: LookUp): RuleFacts {
  return {
    own,
    answers: [],
    checkedElsewhere: [],
    entryPoints: [],
    linkErrors: [],
    missingPromises: [],
    declaredGaps: [],
    throwingExports: [],
    extensionlessPaths: [],
    isUnused: false,
    forBrowsers: false,
    installedMismatches: [],
    nodeRefusals: [],
    unloadableEntries: [],
    earlyReads: [],
    formatMismatches: [],
    onlyForBundlers: false,
    trace: { roots: [], files: new Map(), missing: [], leftAliases: [], externals: [], unknownFacts: [] },
    aliasesFail: false,
    unknownFacts: [],
    requirements: { contained: 0, dropped: [], unknown: [] },
    shipping: { packing: [], images: [], imagePackages: [], unshipped: [], unknownFacts: [], problems: [] },
    typesFallBack: () => false,
    manifest: {
      missingCommands: [],
      missingFiles: [],
      missingAliases: [],
      missingSources: [],
      invalidTargets: [],
      unreachable: [],
      privateDependencies: [],
      unsatisfiedRanges: [],
    },
    lookUp,
  };
}
