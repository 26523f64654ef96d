import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';

/** Sentences that say what was not checked, so that readers do not overrate a pass. */
export function notesOn(about: {
  readonly own: WorkspacePackage;
  readonly entryPoints: readonly EntryPoint[];
  /** How many imports of other packages the project has. */
  readonly demands: number;
  /** How many dependents had their imports checked against it. */
  readonly dependents: number;
  /** Names of providers whose own tasks check the project's imports from them. */
  readonly checkedElsewhere: readonly string[];
}): readonly string[] {
  const { own, entryPoints, demands, dependents } = about;
  const notes: string[] = [];
  if (entryPoints.length === 0) notes.push('This project has no entry point that other projects can import.');
  else if (dependents === 0) notes.push('No imports of this project by other projects were checked.');
  if (demands === 0) notes.push('This project imports nothing from other workspace packages.');
  for (const provider of about.checkedElsewhere.toSorted()) {
    notes.push(
      `This project imports "${provider}", which depends on it. The task of "${provider}" checks these imports.`,
    );
  }
  const sources = entryPoints
    .flatMap(({ variants }) => variants)
    .filter(({ file }) => /(?<!\.d)\.[cm]?tsx?$/.test(file));
  if (sources.length > 0 && own.buildCommand === undefined) {
    notes.push('This project has no build, so its source files were checked as entry points.');
  }
  return notes;
}
