import type { EntryResolution, Mode } from '../model/demand.js';
import type { VerifyOptions } from '../model/options.js';
import type { FilePath, Place } from '../model/place.js';
import { VerifyError } from '../model/problem.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { conditionsOf } from '../resolve/entry-outcome.js';
import type { EntryAsk } from '../resolve/entry-outcome.js';
import { sourceEntryOf } from '../resolve/source-entry.js';
import { Locator } from '../report/locate.js';
import type { Position } from '../report/locate.js';
import type { Run } from '../session.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import type { View } from '../surface/view.js';
import { unknownProject } from '../verify.js';
import { viewOf } from '../workspace-view.js';
import type { WorkspaceView } from '../workspace-view.js';
import { importsFrom } from './imports-from.js';
import { nameChain } from './name-chain.js';
import { triedTargets } from './explain-resolution.js';
import type { TriedTarget } from './explain-resolution.js';

/** A place that a person can open. */
export interface ExplainedPlace extends Position {
  readonly file: FilePath;
}

/** How an entry point resolves for one kind of consumer, and what it exports there. */
export interface ExplainedVariant {
  readonly consumer: 'import' | 'require' | 'types';
  /** A condition of the manifest that this consumer sets besides the usual ones. */
  readonly added?: string;
  /** The conditions that this consumer sets. */
  readonly conditions: readonly string[];
  readonly tried: readonly (Omit<TriedTarget, 'place'> & { readonly place: ExplainedPlace })[];
  readonly file?: FilePath;
  /** Why it resolves to no file. */
  readonly failure?: string;
  readonly exports: readonly string[];
  /** Why there may be more names. */
  readonly open?: string;
  /** The files through which the name comes, the entry first; only if a name is explained. */
  readonly chain?: readonly (ExplainedPlace & { readonly text: string })[];
}

/** What is known about an entry point, or about one of its names. */
export interface Explanation {
  readonly package: string;
  readonly project: string;
  /** The package's folder. */
  readonly root: FilePath;
  readonly entryPoint: string;
  /** Every subpath of the package that can be imported. */
  readonly entryPoints: readonly string[];
  readonly variants: readonly ExplainedVariant[];
  readonly name?: string;
  /** Where the sources of the package declare the name. */
  readonly declared?: ExplainedPlace;
  /**
   * The source files through which the name comes, the barrel first. Empty if the barrel does not
   * export the name; absent if the barrel is unknown.
   */
  readonly sourceChain?: readonly (ExplainedPlace & { readonly text: string })[];
  /** The imports of the entry point, or of the name, in other projects; sources before output. */
  readonly importedBy: readonly { readonly project: string; readonly places: readonly ExplainedPlace[] }[];
}

export interface ExplainInput {
  readonly run: Run;
  readonly project: string;
  /** `.` or `./x` */
  readonly subpath: string;
  readonly name?: string;
  readonly options?: VerifyOptions;
}

/**
 * Explains an entry point: which target a resolver takes and why, what it exports, and who imports
 * it. With a name, it also explains where the name comes from.
 *
 * @throws VerifyError if the workspace has no such project, or the project cannot be read
 */
export function explainExport({ run, project, subpath, name, options = {} }: ExplainInput): Explanation {
  const own = run.packageOf(project);
  const problem = own?.problem;
  if (!own || problem) throw new VerifyError(problem ?? unknownProject(run, project));
  const conditions = options.conditions ?? [];
  const view = viewOf(run, { conditions });
  const locator = new Locator((file) => run.disk.readText(file));
  const at = (place: Place): ExplainedPlace => ({ file: place.file, ...locator.positionOf(place) });
  const declaration = name === undefined ? undefined : run.declarations.find(own, name);
  const input = { subpath, conditions, ...(name !== undefined && { name }) };
  const usual = CONSUMERS.map((consumer) => explainVariant(view, own, { ...input, consumer }, at));
  const variants = [
    ...usual,
    ...otherConditions(own, usual).flatMap((added) => {
      const settings =
        added === 'browser' ? { conditions, browser: true } : { conditions: [...conditions, added] };
      const other = viewOf(run, settings);
      const consumers = usual[0]?.file === usual[1]?.file ? [CONSUMERS[0]] : CONSUMERS.slice(0, 2);
      return consumers.map((consumer) => ({
        ...explainVariant(other, own, { ...input, ...settings, consumer }, at),
        added,
      }));
    }),
  ];
  const sourceChain = name === undefined ? undefined : sourceChainOf(view, own, variants, name, at);
  return {
    package: own.name ?? own.project,
    project,
    root: own.root,
    entryPoint: subpath,
    entryPoints: run.entryPointsOf(own).map((entryPoint) => entryPoint.subpath),
    variants,
    ...(name !== undefined && { name }),
    ...(declaration && { declared: at(declaration.place) }),
    ...(sourceChain && { sourceChain }),
    importedBy: importersOf(view, own, subpath, name, at),
  };
}

const CONSUMERS = ['import', 'require', 'types'] as const;

const MOST_CONDITIONS = 6;

/** Conditions of the manifest that no usual consumer sets: `browser`, `development`, those of the workspace itself. */
function otherConditions(
  { published }: WorkspacePackage,
  variants: readonly ExplainedVariant[],
): readonly string[] {
  const set = new Set(variants.flatMap(({ conditions }) => conditions));
  const named = variants.flatMap(({ tried }) => tried.flatMap(({ conditions }) => conditions));
  return [...new Set([...named, ...(published?.json['browser'] === undefined ? [] : ['browser'])])]
    .filter((condition) => condition !== 'default' && !set.has(condition) && !condition.startsWith('types@'))
    .slice(0, MOST_CONDITIONS);
}

interface VariantInput {
  readonly consumer: ExplainedVariant['consumer'];
  readonly subpath: string;
  readonly conditions: readonly string[];
  readonly browser?: boolean;
  readonly name?: string;
}

function explainVariant(
  view: WorkspaceView,
  own: WorkspacePackage,
  { consumer, subpath, conditions, browser = false, name }: VariantInput,
  at: (place: Place) => ExplainedPlace,
): ExplainedVariant {
  const mode: Mode = consumer === 'require' ? 'require' : 'import';
  const ask: EntryAsk = { mode, phase: consumer === 'types' ? 'types' : 'runtime', conditions, browser };
  const entry = view.resolver.resolveEntry(own, subpath, ask);
  const chosen = entry.outcome === 'file' ? entry.place : undefined;
  const tried = triedTargets(view.run.disk, own, subpath, ask, chosen).map((target) => ({
    ...target,
    place: at(target.place),
  }));
  const common = { consumer, conditions: [...conditionsOf(ask)], tried };
  if (entry.outcome !== 'file') return { ...common, failure: failureOf(entry, ask.phase), exports: [] };
  const { host } = view.surfaces;
  const look = viewOfEntry(host, entry.file, `${own.name}${subpath.slice(1)}`, { phase: ask.phase, mode });
  const { names, unknownFacts } = view.surfaces.of(entry.file, look);
  const [open] = unknownFacts;
  return {
    ...common,
    file: entry.file,
    exports: [...names.keys()],
    ...(open && { open: open.reason }),
    ...(name !== undefined && { chain: chainOf(view, entry.file, name, look, at) }),
  };
}

function chainOf(
  view: WorkspaceView,
  file: FilePath,
  name: string,
  look: View,
  at: (place: Place) => ExplainedPlace,
): NonNullable<ExplainedVariant['chain']> {
  return nameChain(view.surfaces, file, name, look).map(({ place, text }) => ({ ...at(place), text }));
}

/** Through the sources that the entry point was built from. */
function sourceChainOf(
  view: WorkspaceView,
  own: WorkspacePackage,
  variants: readonly ExplainedVariant[],
  name: string,
  at: (place: Place) => ExplainedPlace,
): ExplainedVariant['chain'] {
  const built = variants.find(({ file }) => file !== undefined)?.file;
  const source = built === undefined ? undefined : sourceEntryOf(view.run.disk, own, built);
  return source === undefined
    ? undefined
    : chainOf(view, source, name, { phase: 'types', mode: 'import' }, at);
}

function importersOf(
  view: WorkspaceView,
  own: WorkspacePackage,
  subpath: string,
  name: string | undefined,
  at: (place: Place) => ExplainedPlace,
): Explanation['importedBy'] {
  return importsFrom(view, own)
    .map(({ pkg, demands }) => {
      const wanted = demands.filter(
        (demand) =>
          demand.subpath === subpath &&
          demand.member === undefined &&
          (name === undefined || demand.name === name),
      );
      const sources = wanted.filter(({ origin }) => origin === 'source');
      const places = (sources.length > 0 ? sources : wanted).map(({ place }) => at(place));
      const distinct = new Map(places.toReversed().map((place) => [`${place.file}:${place.line}`, place]));
      return { project: pkg.project, places: [...distinct.values()].toReversed() };
    })
    .filter(({ places }) => places.length > 0);
}

function failureOf(
  entry: Exclude<EntryResolution, { readonly outcome: 'file' }>,
  phase: EntryAsk['phase'],
): string {
  switch (entry.outcome) {
    case 'file-missing':
      return `${entry.file} does not exist`;
    case 'directory':
      return `${entry.file} is a folder`;
    case 'not-listed':
      return '"exports" has no key for it';
    case 'blocked':
      return '"exports" forbids it with null';
    case 'no-condition':
      return '"exports" has no target for these conditions';
    case 'invalid-target':
      return `its target is not valid: ${entry.reason}`;
    case 'no-entry':
      return phase === 'types' ? 'it has no declarations' : 'the manifest names no file for it';
  }
}
