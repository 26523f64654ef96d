// Generated from the folders of the rules by `npm run new-rule`.
import { ambiguousExport } from './ambiguous-export/rule.js';
import { changedKind } from './changed-kind/rule.js';
import { circularInitialisation } from './circular-initialisation/rule.js';
import { computedReference } from './computed-reference/rule.js';
import { declaredNotExported } from './declared-not-exported/rule.js';
import { devOnlyExternal } from './dev-only-external/rule.js';
import { entryFileMissing } from './entry-file-missing/rule.js';
import { entryNotPublished } from './entry-not-published/rule.js';
import { entryUnreachable } from './entry-unreachable/rule.js';
import { extensionlessDeclarations } from './extensionless-declarations/rule.js';
import { fileNotInImage } from './file-not-in-image/rule.js';
import { fileNotPacked } from './file-not-packed/rule.js';
import { fileNotShipped } from './file-not-shipped/rule.js';
import { invalidEntryTarget } from './invalid-entry-target/rule.js';
import { loadFailure } from './load-failure/rule.js';
import { mismatchedTypesFormat } from './mismatched-types-format/rule.js';
import { missingAsset } from './missing-asset/rule.js';
import { missingExport } from './missing-export/rule.js';
import { missingFromInstalledPackage } from './missing-from-installed-package/rule.js';
import { missingMember } from './missing-member/rule.js';
import { missingModule } from './missing-module/rule.js';
import { missingTypeExport } from './missing-type-export/rule.js';
import { narrowedRequirements } from './narrowed-requirements/rule.js';
import { opaqueExports } from './opaque-exports/rule.js';
import { opaqueImage } from './opaque-image/rule.js';
import { outdatedSurface } from './outdated-surface/rule.js';
import { privateWorkspaceDependency } from './private-workspace-dependency/rule.js';
import { refusedByNode } from './refused-by-node/rule.js';
import { removedCondition } from './removed-condition/rule.js';
import { removedEntryPoint } from './removed-entry-point/rule.js';
import { removedExport } from './removed-export/rule.js';
import { requiredModuleDropped } from './required-module-dropped/rule.js';
import { runtimeSurfaceMismatch } from './runtime-surface-mismatch/rule.js';
import { typeUsedAsValue } from './type-used-as-value/rule.js';
import { typesEntryMissing } from './types-entry-missing/rule.js';
import { undeclaredExternal } from './undeclared-external/rule.js';
import { undeclaredWorkspaceDependency } from './undeclared-workspace-dependency/rule.js';
import { undetectableCjsExport } from './undetectable-cjs-export/rule.js';
import { unexportedSubpath } from './unexported-subpath/rule.js';
import { unparsedModule } from './unparsed-module/rule.js';
import { unresolvedCondition } from './unresolved-condition/rule.js';
import { unresolvedReexport } from './unresolved-reexport/rule.js';
import { unsatisfiedWorkspaceRange } from './unsatisfied-workspace-range/rule.js';
import { untraceableBundle } from './untraceable-bundle/rule.js';
import { untypedEntryPoint } from './untyped-entry-point/rule.js';
import { untypedImport } from './untyped-import/rule.js';
import type { Rule } from './define-rule.js';

/** All rules, by code. Codes are permanent; a retired one is never used again. */
export const RULES: readonly Rule[] = [
  entryFileMissing,
  entryUnreachable,
  typesEntryMissing,
  entryNotPublished,
  invalidEntryTarget,
  declaredNotExported,
  extensionlessDeclarations,
  missingExport,
  missingTypeExport,
  ambiguousExport,
  undetectableCjsExport,
  unexportedSubpath,
  unresolvedCondition,
  undeclaredWorkspaceDependency,
  unsatisfiedWorkspaceRange,
  privateWorkspaceDependency,
  mismatchedTypesFormat,
  missingMember,
  typeUsedAsValue,
  untypedImport,
  missingModule,
  missingAsset,
  undeclaredExternal,
  devOnlyExternal,
  requiredModuleDropped,
  fileNotPacked,
  fileNotInImage,
  fileNotShipped,
  refusedByNode,
  missingFromInstalledPackage,
  loadFailure,
  runtimeSurfaceMismatch,
  circularInitialisation,
  removedExport,
  removedEntryPoint,
  removedCondition,
  changedKind,
  narrowedRequirements,
  outdatedSurface,
  opaqueExports,
  unparsedModule,
  untypedEntryPoint,
  unresolvedReexport,
  computedReference,
  opaqueImage,
  untraceableBundle,
];

/** The rule with this code or name. */
export function ruleNamed(codeOrName: string): Rule | undefined {
  return RULES.find((rule) => rule.code === codeOrName || rule.name === codeOrName);
}
