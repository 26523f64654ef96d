import type { GeneratorWorkspace } from './open-workspace';

/**
 * The projects that an option names; all with a verify-exports target by default.
 *
 * @throws Error for a project without such a target
 */
export function chosenProjects(
  { options }: Pick<GeneratorWorkspace, 'options'>,
  wanted: readonly string[],
): readonly string[] {
  const unknown = wanted.find((project) => !options.has(project));
  if (unknown !== undefined)
    throw new Error(
      `No project "${unknown}" has a verify-exports target. Projects with this target: ${[...options.keys()].sort().join(', ') || 'none'}.`,
    );
  return wanted.length > 0 ? wanted : [...options.keys()].sort();
}

/** Nx passes `--rule=a --rule=b` as an array and `--rule=a,b` as one text. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return [value ?? []].flat().flatMap((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
}
