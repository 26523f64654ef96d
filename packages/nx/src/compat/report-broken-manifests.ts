import { nxMajor } from './nx-major';
import { jsonError } from '../infer/json-error';
import type { ManifestTexts } from '../infer/member-manifest';

// Delete this file when Nx 22 is no longer supported: later majors report the file themselves.

/** The first Nx major that reports which manifest prevents the project graph. */
const FIRST_MAJOR_THAT_REPORTS = 23;

/**
 * Prints each manifest that is not JSON to standard error, because Nx 20 to 22 print only "failed".
 */
export function reportBrokenManifests(
  folders: ReadonlyMap<string, ManifestTexts>,
  workspaceRoot: string,
): void {
  if (nxMajor(workspaceRoot) >= FIRST_MAJOR_THAT_REPORTS) return;
  const broken = [...folders].flatMap(([root, { packageJson, projectJson }]) => [
    ...messageOn(root, 'package.json', packageJson),
    ...messageOn(root, 'project.json', projectJson),
  ]);
  if (broken.length > 0) console.error(broken.join('\n'));
}

function messageOn(root: string, name: string, text: string | undefined): readonly string[] {
  const at = text === undefined ? undefined : jsonError(text);
  if (!at) return [];
  const file = root === '.' ? name : `${root}/${name}`;
  return [
    `${file}:${at.line}:${at.column} - could not check: the file is not valid JSON, so Nx cannot build its project graph.`,
    '    remedy   Fix the file. Until then, no task of any project runs.',
  ];
}
