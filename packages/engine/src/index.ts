export type { CheckedFiles } from './checked-files.js';
export type { FixPlan } from './fix/plan-fixes.js';
export type { BaselineEntry } from './model/baseline.js';
export type {
  LoadAttempt,
  LoadCause,
  LoadedName,
  LoadOutcome,
  LoadReport,
  RuntimeMismatch,
} from './model/load-result.js';
export type { DockerfileOption, IgnoreEntry, LoadOptions, VerifyOptions } from './model/options.js';
export { OPTIONS_SCHEMA } from './model/options-schema.js';
export type { OptionSchema, OptionsSchema } from './model/options-schema.js';
export type { FilePath } from './model/place.js';
export { isVerifyError, VerifyError } from './model/problem.js';
export type { Problem, ProblemKind } from './model/problem.js';
export type {
  Affected,
  Coverage,
  Edit,
  Evidence,
  Finding,
  Fix,
  ImportedName,
  ImportsFrom,
  InventoryEntryPoint,
  InventoryVariant,
  KnownFindings,
  Report,
  Severity,
} from './model/report.js';
export type { OutputWriter, ProjectInput, WorkspaceInput } from './model/workspace.js';
export { importedSpecifiers } from './parse/imported-specifiers.js';
export { breakingVersion, coversBreak } from './change/surface-comparison.js';
export { compareSurfaces } from './change/compare-surfaces.js';
export type { SurfaceDifference } from './change/compare-surfaces.js';
export { renderChange } from './change/render-changes.js';
export { parseSurface, renderSurface } from './change/surface-file.js';
export { surfacePathOf } from './read/surface-path.js';
export type { RecordedSurface, RecordKey } from './change/surface-file.js';
export type { AffectedProject, BlastRadius } from './explain/affected-by.js';
export type { Component, ComponentEntry, ComponentList } from './explain/component-list.js';
export { renderComponents } from './explain/render-components.js';
export { renderBlastRadius } from './explain/render-blast-radius.js';
export type {
  Consumer,
  NameKind,
  PackageSurface,
  PlannedVersion,
  SurfaceChange,
  SurfaceEntry,
  SurfaceName,
} from './model/package-surface.js';
export {
  affectedBy,
  checkedFilesOf,
  componentList,
  explainExport,
  loadEntryPoints,
  openRun,
  packagesIn,
  plannedVersionOf,
  planFixes,
  projectsIn,
  readAhead,
  saveCache,
  surfaceOf,
  verify,
  verifySources,
  withHistory,
} from './public-api.js';
export type {
  AffectedByQuestion,
  ComponentQuestion,
  EarlierRun,
  ExplainInput,
  FixInput,
  PackageInfo,
  ProjectQuestion,
  ReadAheadInput,
  Run,
  VerifyInput,
} from './public-api.js';
export type { ExplainedPlace, ExplainedVariant, Explanation } from './explain/explain-export.js';
export { renderExplanation } from './explain/render-explanation.js';
export { knownRules } from './fix/known-rules.js';
export { engineVersion } from './formats/engine-version.js';
export { describeFormat, FORMAT_NAMES, isFormatName, renderReport } from './formats/formats.js';
export type { FormatName, RenderOptions } from './formats/formats.js';
export { sourceReader } from './formats/source-reader.js';
export { Progress } from './formats/progress.js';
export { renderDiff } from './formats/render-diff.js';
export { renderFixPlan } from './formats/render-fix-plan.js';
export { renderMarkdown } from './formats/render-markdown.js';
export type { MarkdownOptions } from './formats/render-markdown.js';
export { rulePageText } from './formats/rule-page.js';
export { hasColor, hasLinks } from './formats/terminal.js';
export { writeWhole } from './read/write-whole.js';
export { mergeReports } from './report/merged-report.js';
export type { MergedProject, MergedReport } from './report/merged-report.js';
export { planBaseline, renderBaselinePlans } from './report/plan-baseline.js';
export type { BaselineInput, BaselinePlan } from './report/plan-baseline.js';
export { baselinePathOf } from './read/read-baseline.js';
export { checkOptions } from './report/check-options.js';
export { exitStatusOf } from './report/exit-status.js';
export { hasUnparsedModule } from './report/has-unparsed-module.js';
export { mergeFindings } from './report/merge-reports.js';
export { normalizeOptions } from './report/normalize-options.js';
export { renderGithub } from './formats/render-github.js';
export { renderJson } from './formats/render-json.js';
export { renderFindings, renderProblems, renderText } from './formats/render-text.js';
export type { TextOptions } from './formats/render-text.js';
export { reportPathOf } from './report/report-path.js';
