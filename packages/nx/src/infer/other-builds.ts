import type { ProjectGraphProjectNode, TargetConfiguration } from '@nx/devkit';
import { targetOutputs } from '../graph/target-outputs';
import { isRecord, parseObject } from './member-manifest';
import type { ManifestTexts } from './member-manifest';

/** What the manifests say about the targets of a project. */
export interface StatedTargets {
  readonly root: string;
  readonly name: string | undefined;
  readonly texts: ManifestTexts;
  /** The text of nx.json, for its `targetDefaults`. */
  readonly nxJson: string | undefined;
  readonly buildTargets: readonly string[];
  /** The name of the inferred target. */
  readonly checkTarget: string;
}

/** The fields of package.json that name built files. */
const ENTRY_FIELDS = ['exports', 'main', 'module', 'types', 'typings', 'bin'];

/**
 * The targets that write files of entry points which the build targets do not write: a `build-cjs`
 * beside a `build`. It only knows outputs that the workspace's files state, so a build target
 * without `outputs` counts as one that writes everything.
 *
 * @returns only targets that are the only ones to write a file
 */
export function otherBuilds(stated: StatedTargets): readonly string[] {
  const { root, buildTargets, checkTarget } = stated;
  const targets = targetsOf(stated);
  if (buildTargets.some((name) => targets.get(name)?.outputs === undefined && targets.has(name))) return [];
  const node = {
    name: stated.name ?? root,
    type: 'lib',
    data: { root, targets: Object.fromEntries(targets) },
  } as ProjectGraphProjectNode;
  const written = [...targets].flatMap(([name, { outputs, dependsOn }]) =>
    outputs === undefined || JSON.stringify(dependsOn ?? []).includes(`"${checkTarget}"`)
      ? []
      : [{ name, folders: targetOutputs(node, name, { kindOf: () => undefined }) ?? [] }],
  );
  const found = entryFiles(root, stated.texts).flatMap((file) => {
    const writers = written.filter(({ folders }) => folders.some((folder) => isWithin(folder, file)));
    const isBuilt = writers.some(({ name }) => buildTargets.includes(name));
    return isBuilt || writers.length !== 1 ? [] : [writers[0]!.name];
  });
  return [...new Set(found)].sort();
}

/** The targets that project.json, package.json and its scripts state, with the defaults of nx.json. */
function targetsOf({ texts, nxJson }: StatedTargets): ReadonlyMap<string, TargetConfiguration> {
  const packageJson = parseObject(texts.packageJson ?? '{}') ?? {};
  const projectJson = parseObject(texts.projectJson ?? '{}') ?? {};
  const defaults = parseObject(nxJson ?? '{}')?.['targetDefaults'];
  const nx = isRecord(packageJson['nx']) ? packageJson['nx'] : {};
  const tables = [packageJson['scripts'], nx['targets'], projectJson['targets']].filter(isRecord);
  const names = new Set(tables.flatMap((table) => Object.keys(table)));
  return new Map(
    [...names].map((name) => {
      const parts = [isRecord(defaults) ? defaults[name] : undefined, ...tables.map((table) => table[name])];
      return [name, Object.assign({}, ...parts.filter(isRecord)) as TargetConfiguration];
    }),
  );
}

function entryFiles(root: string, { packageJson }: ManifestTexts): readonly string[] {
  const manifest = parseObject(packageJson ?? '{}') ?? {};
  const paths = ENTRY_FIELDS.flatMap((field) => textsIn(manifest[field]));
  const inside = paths.map((path) => path.replace(/^\.\//, '')).filter((path) => !path.startsWith('.'));
  return [...new Set(inside.map((path) => (root === '.' ? path : `${root}/${path}`)))];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}
