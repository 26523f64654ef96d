import picomatch from 'picomatch';
import { parse } from 'jsonc-parser';
import type { Publication } from '../model/audience.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { locateInManifest } from './locate-in-manifest.js';

/**
 * Whether people outside the workspace can install a package. Its own source manifest has to allow it; then the configuration of
 * the release tool may leave it out: `nx release` (told by the caller), changesets' `ignore`, lerna's `packages`.
 *
 * A package that only its build gives a manifest is not published: nothing in the sources says that someone publishes it.
 */
export function publicationOf(disk: Disk, pkg: WorkspacePackage): Publication {
  const { source, published } = pkg;
  if (!source) return { published: false, reason: 'its source folder has no package.json' };
  const closed = [source, published].find((manifest) => manifest?.json.private === true);
  if (closed) return because(closed, 'private', `${closed.file} says "private": true`);
  if (source.json.name === undefined) return { published: false, reason: `${source.file} has no "name"` };
  return (
    (pkg.release?.published === false ? pkg.release : undefined) ??
    leftOutByChangesets(disk, source.json.name) ??
    leftOutByLerna(disk, pkg) ??
    pkg.release ?? { published: true, reason: `${source.file} does not say "private": true` }
  );
}

function because(manifest: Manifest, field: string, reason: string): Publication {
  return { published: false, reason, place: locateInManifest(manifest, [field], 'value') };
}

/** https://github.com/changesets/changesets/blob/main/docs/config-file-options.md#ignore */
function leftOutByChangesets(disk: Disk, name: string): Publication | undefined {
  const file = '.changeset/config.json';
  const ignored = textsIn(jsonOf(disk, file)?.['ignore']);
  return ignored.length > 0 && picomatch([...ignored])(name)
    ? { published: false, reason: `${file} ignores it`, place: { file, start: 0, end: 0 } }
    : undefined;
}

/** https://lerna.js.org/docs/api-reference/configuration: `packages` names the folders that lerna manages. */
function leftOutByLerna(disk: Disk, { root }: WorkspacePackage): Publication | undefined {
  const file = 'lerna.json';
  const managed = textsIn(jsonOf(disk, file)?.['packages']);
  return managed.length > 0 && !picomatch([...managed])(root)
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
