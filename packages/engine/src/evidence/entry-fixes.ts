import { isRecord } from '../model/is-record.js';
import type { MovedOutput } from '../model/explanation.js';
import type { Demand } from '../model/demand.js';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { setProperty } from './set-property.js';

/**
 * Adds a subpath to `exports`. It gets the conditions of `.`, each with the file of the same kind
 * that the build created for the subpath. Otherwise it gets the file that the subpath names.
 *
 * @returns undefined if the build created no such file or the manifest is generated
 */
export function subpathFix(disk: Disk, pkg: WorkspacePackage, subpath: string): FixIdea | undefined {
  const manifest = pkg.published;
  // A manifest in the output folder is generated, so an edit there would be lost.
  if (!manifest || manifest.file !== pkg.source?.file || subpath.includes('*')) return undefined;
  const { exports } = manifest.json;
  const isFile = (file: string): boolean => disk.isFile(joinPath(pkg.publishedRoot, file));
  const target = retarget(mainOf(exports), subpath, isFile) ?? asWritten(subpath, isFile);
  if (target === undefined) return undefined;
  const field =
    manifest.json.publishConfig?.['exports'] === undefined ? ['exports'] : ['publishConfig', 'exports'];
  return {
    title: `add "${subpath}": ${JSON.stringify(target)} to "${field.join('.')}" in ${manifest.file}`,
    edits: hasSubpaths(exports)
      ? setProperty(manifest, [...field, subpath], target)
      : setProperty(manifest, field, { '.': exports, [subpath]: target }),
  };
}

function hasSubpaths(exports: unknown): boolean {
  return isRecord(exports) && Object.keys(exports).every((key) => key.startsWith('.'));
}

function mainOf(exports: unknown): unknown {
  return hasSubpaths(exports) ? (exports as Readonly<Record<string, unknown>>)['.'] : exports;
}

/** Undefined unless every derived target exists. Only declarations may be missing. */
function retarget(value: unknown, subpath: string, isFile: (file: string) => boolean): unknown {
  if (typeof value === 'string') {
    const match = /^(\.\/(?:.*\/)?)[^/]*?((?:\.d)?\.[^./]+)$/.exec(value);
    if (!match) return undefined;
    const [, folder, extension] = match;
    const stem = subpath.slice(2).replace(/\.[cm]?js$/, '');
    return [`${folder}${stem}${extension}`, `${folder}${stem}/index${extension}`].find(isFile);
  }
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, retarget(inner, subpath, isFile)] as const)
    .filter(([key, inner]) => inner !== undefined || key !== 'types');
  const isComplete = entries.every(([, inner]) => inner !== undefined);
  return entries.length > 0 && isComplete ? Object.fromEntries(entries) : undefined;
}

function asWritten(subpath: string, isFile: (file: string) => boolean): string | undefined {
  return ['', '.js', '.mjs', '.cjs', '/index.js'].map((ending) => subpath + ending).find(isFile);
}

/**
 * Changes the manifest to the file that the build wrote, or the build to the file that the manifest
 * names.
 *
 * @param place the target's text in the manifest
 */
export function driftFix(
  disk: Disk,
  pkg: WorkspacePackage,
  missing: { readonly file: FilePath; readonly place: Place },
  { written, added }: MovedOutput,
): FixIdea {
  const manifest = [pkg.source, pkg.published].find((candidate) => candidate?.file === missing.place.file);
  const target =
    manifest && isWithin(pkg.publishedRoot, written)
      ? targetTo(pkg, manifest, missing.place, written)
      : undefined;
  const isSource = manifest !== undefined && manifest.file === pkg.source?.file;
  const naming =
    isSource && target !== undefined
      ? `change the target to "${target}" in ${manifest.file}`
      : `change the target in the manifest to ${written}`;
  const sources = joinPath(pkg.root, 'src');
  const rootDir = added !== undefined && disk.kindOf(sources) === 'directory' ? sources : undefined;
  const compiling =
    rootDir === undefined
      ? `make the build create ${missing.file}`
      : `set the compiler's "rootDir" to ${rootDir}`;
  const outside =
    rootDir !== undefined && added !== undefined && added.includes('/')
      ? ' and import code outside it from packages'
      : '';
  return {
    title: `${naming}, or ${compiling}${outside}`,
    edits:
      isSource && target !== undefined
        ? [
            {
              file: manifest.file,
              start: missing.place.start,
              end: missing.place.end,
              text: JSON.stringify(target),
            },
          ]
        : [],
  };
}

/**
 * Written like the present target, with or without `./`. Undefined for a wildcard with one file, or
 * if it is not a string.
 */
function targetTo(
  pkg: WorkspacePackage,
  manifest: Manifest,
  { start, end }: Place,
  file: FilePath,
): string | undefined {
  const present = /^"([^"\\]*)"$/.exec(manifest.text.slice(start, end))?.[1];
  if (present === undefined || present.includes('*') !== file.includes('*')) return undefined;
  const path = pathWithin(pkg.publishedRoot, file);
  return present.startsWith('./') ? `./${path}` : path;
}

/** Changes the specifier of every given import. */
export function specifierFix(disk: Disk, demands: readonly Demand[], specifier: string): FixIdea {
  const places = new Map(demands.map(({ specifierPlace: at }) => [`${at.file}:${at.start}`, at]));
  const edits = [...places.values()].flatMap(({ file, start, end }) => {
    const quote = /^(["'`]).*\1$/s.exec(disk.readText(file)?.slice(start, end) ?? '')?.[1];
    return quote === undefined ? [] : [{ file, start, end, text: quote + specifier + quote }];
  });
  const complete = edits.length === places.size && demands.every(({ origin }) => origin === 'source');
  return { title: `change the specifier to "${specifier}"`, edits: complete ? edits : [] };
}
