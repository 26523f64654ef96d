import { counted } from '../report/counted.js';
import type { FixPlan } from '../fix/plan-fixes.js';

/**
 * What a fix command has done, and what is left to do.
 *
 * @param changed files that were not written because their text has changed since the plan was made
 */
export function renderFixPlan({ files, fixed, left, problems }: FixPlan, changed: readonly string[]): string {
  const written = files.filter(({ file }) => !changed.includes(file));
  const lines =
    written.length > 0
      ? [
          `Fixed ${counted(fixed.length, 'finding')} in ${counted(written.length, 'file')}. Build and check again: the build output does not contain the fixes yet.`,
          ...(fixed.some(({ code }) => code === 'VE207')
            ? ['A manifest has a new dependency: run the install command of your package manager.']
            : []),
        ]
      : [
          left.length + problems.length + changed.length > 0
            ? 'No file was changed.'
            : 'There is nothing to fix.',
        ];
  return [
    ...lines,
    ...changed.map((file) => `${file} has changed meanwhile and was not edited. Run this command again.`),
    ...(left.length > 0 ? ['', 'Fix these yourself:'] : []),
    ...left.map(
      ({ file, line, column, code, rule, fix }) =>
        `  ${file}:${line}:${column} - ${code} ${rule}: ${fix?.title ?? 'no fix available'}`,
    ),
    ...(problems.length > 0 ? ['', 'Could not check:'] : []),
    ...problems.map(({ message, remedy }) => `  ${message} ${remedy}`),
  ].join('\n');
}
