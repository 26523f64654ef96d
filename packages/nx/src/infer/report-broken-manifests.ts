import { nxMajor } from '../nx-major';
import { jsonError } from './json-error';
import type { ManifestTexts } from './member-manifest';

/** The first Nx major that itself names the manifest that is broken. */
const FIRST_MAJOR_THAT_REPORTS = 23;

/**
 * Prints each manifest that is not valid JSON to standard error. Nx 20 to 22 print only "failed".
 */
export function reportBrokenManifests(
  folders: ReadonlyMap<string, ManifestTexts>,
  workspaceRoot: string,
): void {
  const broken = [...folders].flatMap(([root, { packageJson, projectJson }]) => [
    ...messageOn(root, 'package.json', packageJson),
    ...messageOn(root, 'project.json', projectJson),
  ]);
  if (broken.length > 0 && nxMajor(workspaceRoot) < FIRST_MAJOR_THAT_REPORTS)
    console.error(broken.join('\n'));
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
