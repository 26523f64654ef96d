export type { CheckedFiles } from './checked-files.js';
export type { FixPlan } from './fix/plan-fixes.js';
export type { BaselineEntry } from './model/baseline.js';
export type { DockerfileOption, IgnoreEntry, VerifyOptions } from './model/options.js';
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
  KnownFindings,
  Report,
  Severity,
} from './model/report.js';
export type { OutputWriter, ProjectInput, WorkspaceInput } from './model/workspace.js';
export { importedSpecifiers } from './parse/imported-specifiers.js';
export {
  checkedFilesOf,
  openRun,
  planFixes,
  projectsIn,
  saveCache,
  verify,
  verifySources,
} from './public-api.js';
export type { EarlierRun, FixInput, Run, VerifyInput } from './public-api.js';
export { baselinePathOf, parseBaseline } from './read/read-baseline.js';
export { checkOptions } from './report/check-options.js';
export { exitStatusOf } from './report/exit-status.js';
export { hasUnparsedModule } from './report/has-unparsed-module.js';
export { mergeFindings } from './report/merge-reports.js';
export { normalizeOptions } from './report/normalize-options.js';
export { renderBaseline } from './report/render-baseline.js';
export { renderGithub } from './report/render-github.js';
export { renderJson } from './report/render-json.js';
export { renderFindings, renderProblems, renderText } from './report/render-text.js';
export type { TextOptions } from './report/render-text.js';
export { reportPathOf } from './report/report-path.js';
