import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';

/** Sentences for a person where there is little to judge, so that a pass is not taken for more than it is. */
export function notesOn(about: {
  readonly own: WorkspacePackage;
  readonly entryPoints: readonly EntryPoint[];
  /** How many demands the project itself places. */
  readonly demands: number;
  /** How many dependents were held against it. */
  readonly dependents: number;
  /** Providers, by package name, that are asked for something which their own verdicts judge. */
  readonly judgedElsewhere: readonly string[];
}): readonly string[] {
  const { own, entryPoints, demands, dependents } = about;
  const notes: string[] = [];
  if (entryPoints.length === 0) notes.push('It has no entry point that others could import.');
  else if (dependents === 0) notes.push('No dependents were held against it.');
  if (demands === 0) notes.push('It asks nothing of other workspace packages.');
  for (const provider of about.judgedElsewhere.toSorted()) {
    notes.push(
      `It imports "${provider}", which depends on it: the verdict of "${provider}" covers these imports.`,
    );
  }
  const sources = entryPoints
    .flatMap(({ variants }) => variants)
    .filter(({ file }) => /(?<!\.d)\.[cm]?tsx?$/.test(file));
  if (sources.length > 0 && own.buildCommand === undefined) {
    notes.push('It has no build: its entry points are sources, and were judged as such.');
  }
  return notes;
}
