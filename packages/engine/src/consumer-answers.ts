import { remembered } from './collections/remembered.js';
import type { DeclaredKind } from './answer/provider-facts.js';
import type { DeclaredGap } from './model/declared-gap.js';
import type { Answer, Demand } from './model/demand.js';
import type { WorkspacePackage } from './model/workspace.js';
import type { Runtimes } from './read/runtime-signs.js';
import { ownConditionsOf } from './read/compiler-settings.js';
import { consumerConditionsOf } from './resolve/consumer-conditions.js';
import type { ConsumerSettings } from './resolve/entry-outcome.js';
import { viewOf } from './workspace-view.js';
import type { WorkspaceView } from './workspace-view.js';

type Answering = (demand: Demand) => readonly Answer[];

/** The imports that one task checks. */
export interface ConsumerDemands {
  /** The project that is checked. */
  readonly project: string;
  /** What the option adds for every consumer. */
  readonly conditions: readonly string[];
  readonly demands: readonly Demand[];
  readonly declaredKind: DeclaredKind;
}

/**
 * Answers each demand under the conditions of the project that imports: those of Node, or those
 * that bundlers set for browsers. If nothing says, or both do, Node's apply, and a demand that only
 * browsers meet is a warning at most.
 *
 * @param base the view under Node's conditions
 */
export function answersForConsumers(
  base: WorkspaceView,
  { project, conditions, demands, declaredKind }: ConsumerDemands,
): readonly Answer[] {
  const answeringBy = new Map<string, Answering>();
  const answering = (settings: ConsumerSettings): Answering => {
    const key = JSON.stringify(settings);
    const known =
      answeringBy.get(key) ?? viewOf(base.run, settings).answers.answering(demands, declaredKind, project);
    answeringBy.set(key, known);
    return known;
  };
  const forNode = answering({ conditions });
  const forBrowsers = (demand: Demand): readonly Answer[] => {
    const answers = browserSettings(base, conditions).map((settings) => answering(settings)(demand));
    return answers.find(isUnmet) ?? answers[0]!;
  };
  const consumers = new Map<string, Consumer | undefined>();
  return demands.flatMap((demand) => {
    const dependent = base.run.packageOf(demand.dependent);
    const consumer = dependent && remembered(consumers, demand.dependent, () => consumerOf(base, dependent));
    if (consumer && mentionsAny(base.run.packageOf(demand.provider), consumer.conditions)) {
      const settings = settingsOf(consumer, browserSettings(base, conditions), conditions);
      const answers = settings.map((each) => answering(each)(demand));
      const found = answers.find(isUnmet) ?? answers[0]!;
      return consumer.certain && !(consumer.settings.neutral && found.some(isUnlisted))
        ? found
        : found.map(softened);
    }
    if (dependent && base.runtimes.onlyBrowsers(dependent)) return forBrowsers(demand).map(markedForBrowsers);
    const answers = forNode(demand);
    // A file with such an extension runs as it is written. Sources for bundlers rarely have one.
    const isScript = /\.[cm]js$/.test(demand.place.file);
    const isOpen =
      !isScript &&
      isUnmet(answers) &&
      hasBrowserVariants(base.run.packageOf(demand.provider)) &&
      dependent !== undefined &&
      isUndecided(base.runtimes.of(dependent));
    return isOpen && !isUnmet(forBrowsers(demand)) ? answers.map(softened) : answers;
  });
}

/** A project whose tools set conditions of their own. */
interface Consumer {
  readonly conditions: readonly string[];
  readonly settings: Pick<ConsumerSettings, 'runtime' | 'neutral' | 'types'>;
  readonly browser: boolean;
  readonly certain: boolean;
}

function consumerOf(base: WorkspaceView, pkg: WorkspacePackage): Consumer | undefined {
  const { disk } = base.run;
  const stated = consumerConditionsOf(disk, pkg);
  const types = ownConditionsOf(disk, pkg.root).filter((condition) => !isForSources(base, condition));
  if (!stated && types.length === 0) return undefined;
  const { node, browser } = base.runtimes.of(pkg);
  const { runtime = [], neutral, certain = true } = stated ?? {};
  return {
    conditions: [...runtime, ...types],
    settings: { runtime, types, ...(neutral && { neutral }) },
    browser: stated?.browser ?? (browser && !node),
    certain,
  };
}

/** A condition for the sources of the workspace is no contract with consumers. */
function isForSources({ run }: WorkspaceView, condition: string): boolean {
  return run.workspace.packages.some((pkg) =>
    run
      .entryPointsOf(pkg)
      .some(({ variants }) =>
        variants.some((variant) => variant.workspaceOnly === true && variant.conditions.includes(condition)),
      ),
  );
}

function settingsOf(
  { settings, browser }: Consumer,
  forBrowsers: readonly ConsumerSettings[],
  conditions: readonly string[],
): readonly ConsumerSettings[] {
  const usual = browser ? forBrowsers : [{ conditions }];
  return usual.map((each) => ({ ...each, ...settings }));
}

function mentionsAny(pkg: WorkspacePackage | undefined, conditions: readonly string[]): boolean {
  const text = pkg?.published?.text ?? '';
  return conditions.some((condition) => text.includes(`"${condition}"`));
}

/**
 * Values that declarations promise and JavaScript lacks, for Node and, if the manifest distinguishes them, for browsers. Of a gap
 * that both have, only the first is kept.
 */
export function declaredGapsOf(
  base: WorkspaceView,
  pkg: WorkspacePackage,
  conditions: readonly string[],
): readonly DeclaredGap[] {
  const forNode = base.answers.declaredGaps(pkg, {});
  const known = new Set(forNode.flatMap(namesOf));
  const unseen = (gaps: readonly DeclaredGap[]): readonly DeclaredGap[] =>
    gaps.flatMap((gap) => {
      const names = gap.names.filter((_, at) => !known.has(namesOf(gap)[at]!));
      for (const name of namesOf(gap)) known.add(name);
      return names.length > 0 ? { ...gap, names } : [];
    });
  const others = otherConditionsOf(base, pkg).flatMap((condition) => {
    const settings = { conditions, runtime: [condition], types: [condition] };
    return viewOf(base.run, settings).answers.declaredGaps(pkg, { condition });
  });
  if (!hasBrowserVariants(pkg)) return [...forNode, ...unseen(others)];
  const settings = browserSettings(base, conditions);
  const forBrowsers = settings.flatMap((each) =>
    viewOf(base.run, each).answers.declaredGaps(pkg, { browser: true }),
  );
  const more = unseen(forBrowsers);
  const lacking = new Set(forBrowsers.flatMap(namesOf));
  const marked = forNode.map((gap) =>
    gap.exportedBy || namesOf(gap).some((name) => lacking.has(name))
      ? gap
      : { ...gap, onBrowsers: true as const },
  );
  return [...marked, ...more, ...unseen(others)];
}

/** Conditions of a package's variants that neither Node nor bundlers for browsers set. */
function otherConditionsOf({ run }: WorkspaceView, pkg: WorkspacePackage): readonly string[] {
  const variants = run.entryPointsOf(pkg).flatMap((entryPoint) => entryPoint.variants);
  const conditions = variants.flatMap((variant) =>
    variant.phase === 'runtime' && !variant.workspaceOnly ? variant.conditions : [],
  );
  return [...new Set(conditions)].filter((condition) => !USUAL.test(condition)).sort();
}

const USUAL =
  /^(?:types(?:@.*)?|typings|import|require|node|default|module|module-sync|node-addons|browser|style|sass)$/;

function namesOf({ names, variants: [{ runtime }] }: DeclaredGap): readonly string[] {
  return names.map(({ name }) => `${runtime.subpath}\n${name}`);
}

/** Both runtimes load the output, or nothing says which one does. */
function isUndecided({ node, browser }: Runtimes): boolean {
  return node === browser;
}

function isUnmet(answers: readonly Answer[]): boolean {
  return answers.some(({ verdict }) => verdict === 'unmet');
}

/** Metro then ignores `exports` and looks for the file itself. */
function isUnlisted(answer: Answer): boolean {
  const kind = answer.verdict === 'unmet' && 'why' in answer ? answer.why.kind : undefined;
  return kind === 'unexported-subpath' || kind === 'unresolved-condition';
}

function markedForBrowsers(answer: Answer): Answer {
  return { ...answer, demand: { ...answer.demand, forBrowsers: true } };
}

function softened(answer: Answer): Answer {
  return { ...answer, demand: { ...answer.demand, soft: true } };
}

/**
 * A development server and a build set different conditions; where manifests distinguish them, both
 * have to work.
 */
function browserSettings({ run }: WorkspaceView, conditions: readonly string[]): readonly ConsumerSettings[] {
  const distinguish = run.workspace.packages.some(({ published }) =>
    /"(?:development|production)"\s*:/.test(published?.text ?? ''),
  );
  const modes = distinguish ? [['production'], ['development']] : [[]];
  return modes.map((mode) => ({ conditions: [...conditions, ...mode], browser: true }));
}

function hasBrowserVariants(pkg: WorkspacePackage | undefined): boolean {
  return /"(?:browser|module)"\s*:/.test(pkg?.published?.text ?? '');
}
