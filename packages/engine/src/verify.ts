import { surfaceComparisonOf } from './change/surface-comparison.js';
import { answersForConsumers, declaredGapsOf } from './consumer-answers.js';
import { bundleOptionProblems } from './contents/bundle-option-problems.js';
import { requirementsOf } from './contents/required-modules.js';
import { WorkspaceLookUp } from './evidence/workspace-look-up.js';
import type { BaselineEntry } from './model/baseline.js';
import type { Demand } from './model/demand.js';
import type { VerifyOptions } from './model/options.js';
import type { LoadReport } from './model/load-result.js';
import type { SurfaceComparison } from './model/package-surface.js';
import { missingPromises } from './answer/missing-promises.js';
import { isVerifyError, VerifyError } from './model/problem.js';
import type { Problem } from './model/problem.js';
import { SCHEMA_VERSION } from './model/report.js';
import type { Report } from './model/report.js';
import type { WorkspacePackage } from './model/workspace.js';
import { throwingExports, undefinedExports } from './load/link-errors.js';
import { unresolvedAliases } from './load/unresolved-aliases.js';
import type { BundleTrace } from './model/bundle-trace.js';
import type { Place } from './model/place.js';
import { applyBaseline } from './report/apply-baseline.js';
import { applyOptions } from './report/apply-options.js';
import { buildFindings } from './report/build-findings.js';
import { coverageOf } from './report/coverage.js';
import { importsOf } from './report/imports.js';
import { inventoryOf } from './report/inventory.js';
import { Locator } from './report/locate.js';
import { notesOn } from './report/notes.js';
import { baselinePathOf, readBaseline } from './read/read-baseline.js';
import { isExtension } from './read/tool-files.js';
import { declaredDependentsOf } from './read/declared-dependents.js';
import { unreadableFoldersOf } from './read/package-files.js';
import { manifestFaultsOf } from './resolve/find-manifest-faults.js';
import { forConsumers } from './resolve/workspace-conditions.js';
import type { RuleFacts } from './rules/define-rule.js';
import { shippingFacts } from './ship/shipping-facts.js';
import type { Run } from './session.js';
import { viewOf } from './workspace-view.js';
import type { WorkspaceView } from './workspace-view.js';

export interface VerifyInput {
  readonly run: Run;
  /** The name of the project to check. */
  readonly project: string;
  readonly options?: VerifyOptions;
  /**
   * The names of the dependents whose imports are checked too. The default is every dependent whose
   * manifest declares this project. A caller that caches results passes the dependents that its
   * cache key covers.
   */
  readonly dependentsToCheck?: readonly string[];
  /** What `loadProject` found for the project. */
  readonly loads?: LoadReport | undefined;
  /** Whether the known findings of the project's baseline are left out of the findings. The default is true. */
  readonly applyBaseline?: boolean;
}

/**
 * Checks one project: its own entry points, its own imports from workspace packages as built, and
 * what its dependents' sources import from it.
 *
 * @returns the report; it includes problems in the input of other packages
 * @throws VerifyError if the project is not known; the report contains all other errors
 */
export function verify(input: VerifyInput): Report {
  const { run } = input;
  const own = run.packageOf(input.project);
  if (!own) throw new VerifyError(unknownProject(run, input.project));
  const { options, dependentsToCheck, applyBaseline } = input;
  // What loading finds depends on more than the disk.
  if (!run.reports || input.loads) return checkedOrProblem(input, own);
  const question = JSON.stringify([own.project, options, dependentsToCheck, applyBaseline]);
  return run.reports.remember(own.project, question, () => checkedOrProblem(input, own));
}

function checkedOrProblem(input: VerifyInput, own: WorkspacePackage): Report {
  const { run } = input;
  try {
    const problem = run.problemOf(own);
    return problem ? uncheckedReport(own, problem) : checked(input, own);
  } catch (error) {
    // A file that cannot be read costs this project its result, and no other one.
    if (isVerifyError(error)) return uncheckedReport(own, error.problem);
    throw error;
  }
}

function checked(input: VerifyInput, own: WorkspacePackage): Report {
  const { run, options = {} } = input;

  const conditions = options.conditions ?? [];
  const view = viewOf(run, { conditions });
  const entryPoints = run.entryPointsOf(own);
  const asked = view.demands.of(own);
  const dependents = dependentsOf(input, own, options.dependents !== false);
  const theirs = dependents.flatMap((pkg) => view.demands.ofSourcesOn(own, pkg));

  const elsewhere = run.checkedElsewhere(own.project);
  const left = asked.demands.filter(({ provider }) => elsewhere.has(provider));
  const demands = [...asked.demands.filter(({ provider }) => !elsewhere.has(provider)), ...theirs];
  const lookUp = new WorkspaceLookUp(view);
  const answers = answersForConsumers(view, {
    project: own.project,
    conditions,
    demands,
    declaredKind: (project, name) => lookUp.explain.declarationOf(run.packageOf(project)!, name)?.kind,
  });
  const inventory = inventoryOf(view.surfaces, own.name, entryPoints);
  const requirements = requirementsOf(view, own, options);
  const shipping = shippingFacts(view, own, options);
  const trace = view.traces.of(own);
  const installed = view.loadErrors.installedMismatches(own);
  const aliasesFail = view.loadErrors.aliasesFail(own);
  const surface = surfaceOrProblem(view, own);
  const facts: RuleFacts = {
    own,
    answers,
    checkedElsewhere: left,
    entryPoints,
    linkErrors: entryFilesOf(forConsumers(entryPoints)).flatMap((file) =>
      view.loadErrors.linkErrors(own, file),
    ),
    earlyReads: view.loadErrors.earlyReads(own),
    formatMismatches: view.answers.formatMismatches(own, demands),
    declaredGaps: own.publication.published ? declaredGapsOf(view, own, conditions) : [],
    throwingExports: own.publication.published
      ? [
          ...entryFilesOf(entryPoints).flatMap((file) => throwingExports(view.surfaces, file)),
          ...entryFilesOf(entryPoints.filter(isUntyped)).flatMap((file) =>
            undefinedExports(view.surfaces, file),
          ),
        ]
      : [],
    extensionlessPaths: own.publication.published ? view.answers.extensionlessDeclarations(own) : [],
    forBrowsers: view.runtimes.of(own).browser,
    installedMismatches: installed.mismatches,
    ...nodeSignOf(view, own),
    unloadableEntries: view.loadErrors.unloadableEntries(own),
    nodeRefusals: view.loadErrors.nodeRefusals(own),
    onlyForBundlers: !own.publication.published && declaredDependentsOf(run.workspace, own).length > 0,
    isUnused: isUnused(view, own, demands),
    trace,
    aliasesFail,
    shipping,
    unknownFacts: [
      ...asked.unparsed,
      ...inventory.unknownFacts.filter(({ place }) => !isLeftAlias(trace, place)),
      ...trace.unknownFacts,
      ...(aliasesFail ? [] : unresolvedAliases(trace)),
      ...shipping.unknownFacts,
      ...installed.unknownFacts,
    ],
    requirements,
    typesFallBack: (entryPoint, variant) => typesFallBack(view, own, entryPoint.subpath, variant.conditions),
    manifest: manifestFaultsOf(run.disk, run.workspace, own),
    ...(surface.comparison && { surface: surface.comparison }),
    ...(input.loads && { loads: input.loads }),
    missingPromises: missingPromises(view, own, options),
    lookUp,
  };

  const locator = new Locator((file) => run.modules.text(file));
  const applied = applyOptions(buildFindings(facts, locator), options);
  const baseline = input.applyBaseline === false ? {} : baselineOf(run, own);
  const { findings, ...known } = applyBaseline(applied.findings, baseline.entries ?? []);
  const problems = [
    ...(baseline.problem ? [baseline.problem] : []),
    ...(surface.problem ? [surface.problem] : []),
    ...run.workspace.problems,
    ...ambiguities(run, own, demands),
    ...providerProblems(run, own, demands),
    ...bundleOptionProblems(run.disk, own, options),
    ...shipping.problems,
    ...unreadableFoldersOf(run.disk, run.workspace, own),
  ];
  const failed = findings.some(({ severity }) => severity === 'error') || problems.length > 0;
  return {
    schemaVersion: SCHEMA_VERSION,
    project: own.project,
    ...(own.name === undefined ? {} : { package: own.name }),
    verdict: failed ? 'fail' : 'pass',
    notes: notesOn({
      own,
      entryPoints,
      demands: asked.demands.length,
      dependents: dependents.length,
      checkedElsewhere: [...new Set(left.map(({ provider }) => run.packageOf(provider)?.name ?? provider))],
    }),
    findings,
    problems,
    ignored: applied.ignored,
    ...(baseline.entries && {
      baseline: {
        file: baselinePathOf(own.root),
        known: known.known,
        // A finding may be missing only because something could not be checked.
        outdated: problems.length > 0 ? [] : known.outdated,
      },
    }),
    inventory: { entryPoints: inventory.entryPoints },
    imports: importsOf(own.project, answers, left, (project) => run.packageOf(project)?.name ?? project),
    coverage: coverageOf({
      answers,
      modules: asked.modules,
      requirements,
      trace,
      unknownFacts: installed.unknownFacts,
    }),
  };
}

function baselineOf(
  run: Run,
  own: WorkspacePackage,
): { readonly entries?: readonly BaselineEntry[]; readonly problem?: Problem } {
  try {
    const entries = readBaseline(run.disk, own.root);
    return entries ? { entries } : {};
  } catch (error) {
    if (error instanceof VerifyError) return { problem: error.problem };
    throw error;
  }
}

function surfaceOrProblem(
  view: WorkspaceView,
  own: WorkspacePackage,
): { readonly comparison?: SurfaceComparison; readonly problem?: Problem } {
  try {
    const comparison = surfaceComparisonOf(view, own);
    return comparison ? { comparison } : {};
  } catch (error) {
    if (error instanceof VerifyError) return { problem: error.problem };
    throw error;
  }
}

/** A rule reports the alias itself. */
function isLeftAlias({ leftAliases }: BundleTrace, { file, start }: Place): boolean {
  return leftAliases.some(({ place }) => place.file === file && place.start === start);
}

function dependentsOf(
  { run, dependentsToCheck }: VerifyInput,
  own: WorkspacePackage,
  wanted: boolean,
): readonly WorkspacePackage[] {
  const packagesOf = (projects: readonly string[]): readonly WorkspacePackage[] =>
    projects.flatMap((project) => run.packageOf(project) ?? []);
  const usual = dependentsToCheck ? packagesOf(dependentsToCheck) : declaredDependentsOf(run.workspace, own);
  const all = new Set([...(wanted ? usual : []), ...run.checkedHere(own.project)]);
  all.delete(own);
  return [...all];
}

function nodeSignOf(view: WorkspaceView, own: WorkspacePackage): Pick<RuleFacts, 'nodeSign'> {
  const signs = view.runtimes.of(own).signs.filter(({ runtime }) => runtime === 'node');
  const nodeSign = signs.find(({ strength }) => strength === 'certain') ?? signs[0];
  return nodeSign ? { nodeSign } : {};
}

function isUnused(view: WorkspaceView, own: WorkspacePackage, demands: readonly Demand[]): boolean {
  const { workspace } = view.run;
  if (own.publication.published || view.runtimes.of(own).isStated || isExtension(own.source)) return false;
  return (
    declaredDependentsOf(workspace, own).length === 0 &&
    !workspace.packages.some((pkg) => pkg !== own && pkg.dependsOn?.includes(own.project)) &&
    !demands.some(({ provider }) => provider === own.project)
  );
}

function isUntyped({ variants }: RuleFacts['entryPoints'][number]): boolean {
  return !variants.some(({ phase, exists }) => phase === 'types' && exists);
}

function entryFilesOf(entryPoints: RuleFacts['entryPoints']): readonly string[] {
  const variants = entryPoints.flatMap((entryPoint) => entryPoint.variants);
  return [
    ...new Set(variants.filter(({ phase, exists }) => phase === 'runtime' && exists).map(({ file }) => file)),
  ];
}

function typesFallBack(
  view: WorkspaceView,
  own: WorkspacePackage,
  subpath: string,
  conditions: readonly string[],
): boolean {
  const mode = conditions.includes('require') ? 'require' : 'import';
  return view.resolver.resolveEntry(own, subpath, { mode, phase: 'types' }).outcome === 'file';
}

/**
 * Problems with a name that several packages have, if one of them is the project or a provider.
 * Only an edit of those packages runs the task again.
 */
function ambiguities(run: Run, own: WorkspacePackage, demands: readonly Demand[]): readonly Problem[] {
  const { duplicates } = run.workspace;
  if (duplicates.length === 0) return [];
  const asked = demands.map(({ provider }) => run.packageOf(provider)?.name);
  const names = new Set([own.name, ...asked]);
  return duplicates.flatMap(({ name, problem }) => (names.has(name) ? problem : []));
}

/** Providers of the project that cannot be checked, each once. */
function providerProblems(run: Run, own: WorkspacePackage, demands: readonly Demand[]): readonly Problem[] {
  const providers = new Set(demands.map(({ provider }) => provider));
  return [...providers].toSorted().flatMap((project) => {
    const pkg = run.packageOf(project)!;
    return pkg === own ? [] : (run.problemOf(pkg) ?? []);
  });
}

function uncheckedReport(own: WorkspacePackage, problem: Problem): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    project: own.project,
    ...(own.name === undefined ? {} : { package: own.name }),
    verdict: 'fail',
    notes: [],
    findings: [],
    problems: [problem],
    ignored: [],
    inventory: { entryPoints: [] },
    imports: [],
    coverage: coverageOf({ answers: [], modules: 0 }),
  };
}

/** The problem with a project name that the workspace does not have. */
export function unknownProject(run: Run, project: string): Problem {
  const known = run.workspace.packages.map((pkg) => pkg.project);
  return {
    kind: 'unknown-project',
    message: `There is no project "${project}" in the workspace.`,
    remedy: `Known projects: ${known.join(', ') || 'none'}.`,
  };
}
