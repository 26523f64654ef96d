import { globTest } from './glob-test.js';
import { parse } from 'jsonc-parser';
import type { Publication } from '../model/audience.js';
import type { FilePath } from '../model/place.js';
import type { Manifest } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { locateInManifest } from './locate-in-manifest.js';

interface ReleasedProject {
  readonly root: FilePath;
  readonly source: Manifest | undefined;
  readonly published: Manifest | undefined;
  /** What the caller's configuration says about releases. */
  readonly release: Publication | undefined;
}

/**
 * Whether people outside the workspace can install a package. Its own source manifest must allow
 * it. Then the configuration of the release tool may leave it out: `nx release` (from the caller),
 * changesets' `ignore`, lerna's `packages`.
 *
 * If only the build creates its manifest, the package is not published, unless that manifest is
 * made for publishing. Builds also write manifests for deployment.
 */
export function publicationOf(disk: Disk, project: ReleasedProject): Publication {
  const { source, published, release } = project;
  if (!source && !isMeantForOthers(published, release))
    return { published: false, reason: 'its source folder has no package.json' };
  // A build that leaves "private" out of the manifest that it writes for npm does so to publish
  // that one.
  const replaced =
    published?.file !== source?.file && (isMeantForOthers(published, undefined) || isLibrary(published));
  const closed = [...(replaced ? [] : [source]), published].find(
    (manifest) => manifest?.json.private === true,
  );
  if (closed) return because(closed, 'private', `${closed.file} says "private": true`);
  const { file, json } = (source ?? published)!;
  if (json.name === undefined) return { published: false, reason: `${file} has no "name"` };
  return (
    (release?.published === false ? release : undefined) ??
    leftOutByChangesets(disk, json.name) ??
    leftOutByLerna(disk, project.root) ??
    release ?? { published: true, reason: `${file} does not say "private": true` }
  );
}

/** A manifest for deployment has neither field. */
function isMeantForOthers(written: Manifest | undefined, release: Publication | undefined): boolean {
  return (
    written !== undefined &&
    (release?.published === true || ['files', 'publishConfig'].some((field) => field in written.json))
  );
}

/** A manifest for deployment offers no entry points to importers. */
function isLibrary(written: Manifest | undefined): boolean {
  const { exports, version } = written?.json ?? {};
  return exports !== undefined && exports !== null && version !== undefined;
}

function because(manifest: Manifest, field: string, reason: string): Publication {
  return { published: false, reason, place: locateInManifest(manifest, [field], 'value') };
}

/** https://github.com/changesets/changesets/blob/main/docs/config-file-options.md#ignore */
function leftOutByChangesets(disk: Disk, name: string): Publication | undefined {
  const file = '.changeset/config.json';
  const ignored = textsIn(jsonOf(disk, file)?.['ignore']);
  return ignored.length > 0 && globTest(ignored)(name)
    ? { published: false, reason: `${file} ignores it`, place: { file, start: 0, end: 0 } }
    : undefined;
}

/**
 * https://lerna.js.org/docs/api-reference/configuration: `packages` names the folders that lerna
 * manages.
 */
function leftOutByLerna(disk: Disk, root: FilePath): Publication | undefined {
  const file = 'lerna.json';
  const managed = textsIn(jsonOf(disk, file)?.['packages']);
  return managed.length > 0 && !globTest(managed)(root)
    ? {
        published: false,
        reason: `"packages" of ${file} does not list it`,
        place: { file, start: 0, end: 0 },
      }
    : undefined;
}

function jsonOf(disk: Disk, file: string): Readonly<Record<string, unknown>> | undefined {
  if (!disk.isFile(file)) return undefined;
  const parsed: unknown = parse(disk.readText(file) ?? '');
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Readonly<Record<string, unknown>>)
    : undefined;
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
