import { nxMajor } from '../nx-major';
import { jsonError } from './json-error';
import type { ManifestTexts } from './member-manifest';

/** The first Nx major that itself tells which manifest keeps it from making a project graph. */
const FIRST_MAJOR_THAT_TELLS = 23;

/** Names each manifest that is not JSON on standard error, where Nx would end with no more than "failed" (20 to 22). */
export function tellBrokenManifests(
  folders: ReadonlyMap<string, ManifestTexts>,
  workspaceRoot: string,
): void {
  const broken = [...folders].flatMap(([root, { packageJson, projectJson }]) => [
    ...messageOn(root, 'package.json', packageJson),
    ...messageOn(root, 'project.json', projectJson),
  ]);
  if (broken.length > 0 && nxMajor(workspaceRoot) < FIRST_MAJOR_THAT_TELLS) console.error(broken.join('\n'));
}

function messageOn(root: string, name: string, text: string | undefined): readonly string[] {
  const at = text === undefined ? undefined : jsonError(text);
  if (!at) return [];
  const file = root === '.' ? name : `${root}/${name}`;
  return [
    `${file}:${at.line}:${at.column} - could not check: the file is not valid JSON, so Nx makes no project graph.`,
    '    remedy   Mend the file; until then no task of any project runs.',
  ];
}
