import type { FilePath, Place } from '../../model/place.js';
import type { Problem } from '../../model/problem.js';
import { isVerifyError } from '../../model/problem.js';
import type { Disk } from '../../read/disk.js';
import { isWithin, joinPath } from '../../read/file-path.js';
import { textPosition } from '../../read/text-position.js';
import { ContextFilter } from './context-filter.js';
import type { ImageCandidate } from './find-images.js';
import { readIgnorePatterns } from './ignore-pattern.js';
import type { IgnorePattern } from './ignore-pattern.js';
import { ImageContents } from './image-contents.js';
import type { ImagePlan } from '../../model/image-plan.js';
import { isReadable, readDockerfile } from './read-dockerfile.js';

/** An image under one build context. */
export interface OpenImage {
  readonly candidate: ImageCandidate;
  readonly context: FilePath;
  readonly contents: ImageContents;
  readonly patterns: readonly IgnorePattern[];
}

/**
 * Why nothing is known about an image: a problem if an option names it, an unknown if it was only
 * found.
 */
export type ClosedImage =
  { readonly problem: Problem } | { readonly unknown: { readonly reason: string; readonly place: Place } };

/** Reads a Dockerfile with its ignore file, once for each possible context. */
export function openImage(disk: Disk, candidate: ImageCandidate): readonly OpenImage[] | ClosedImage {
  const { file, configured } = candidate;
  const start = { file, start: 0, end: 0 };
  const outside = [file, ...candidate.contexts].find((path) => !isInside(disk, path));
  if (outside !== undefined) {
    if (!configured)
      return { unknown: { reason: `${file} is a link to a file outside the workspace`, place: start } };
    return { problem: leaving(outside) };
  }
  let text: string | undefined;
  try {
    text = disk.readText(file);
  } catch (error) {
    if (!isVerifyError(error)) throw error;
    return { problem: error.problem };
  }
  if (text === undefined) return { problem: missing(file) };
  const plan = readDockerfile(file, text);
  if (!isReadable(plan)) return closed(text, plan.reason, plan.place, configured);
  const target = targetOf(plan, candidate.target);
  if (target === undefined) return { problem: unknownTarget(file, candidate.target!, plan) };
  const images: OpenImage[] = [];
  for (const context of candidate.contexts) {
    const ignore = ignoreFileOf(disk, file, context);
    const ignoreText = ignore === undefined ? '' : (disk.readText(ignore) ?? '');
    const { patterns, bad } = readIgnorePatterns(ignore ?? '', ignoreText);
    if (bad[0])
      return closed(ignoreText, `Docker rejects the pattern "${bad[0].text}"`, bad[0].place, configured);
    const contents = new ImageContents(plan, new ContextFilter(patterns), target);
    images.push({ candidate, context, contents, patterns });
  }
  return images.length > 0 ? images : { unknown: { reason: 'its build context is unknown', place: start } };
}

/**
 * The ignore file beside the Dockerfile, with the Dockerfile's name, wins over the one of the
 * context.
 */
function ignoreFileOf(disk: Disk, dockerfile: FilePath, context: FilePath): FilePath | undefined {
  const candidates = [`${dockerfile}.dockerignore`, joinPath(context, '.dockerignore')];
  return candidates.find((file) => disk.isFile(file) && isInside(disk, file));
}

function targetOf({ stages }: ImagePlan, target: string | undefined): number | undefined {
  if (target === undefined) return stages.length - 1;
  const named = stages.findLastIndex(({ name }) => name === target.toLowerCase());
  if (named >= 0) return named;
  return /^\d+$/.test(target) && Number(target) < stages.length ? Number(target) : undefined;
}

function closed(text: string, reason: string, place: Place, configured: boolean): ClosedImage {
  if (!configured) return { unknown: { reason, place } };
  return {
    problem: {
      kind: 'invalid-option',
      message: `${place.file} cannot be used: ${reason}.`,
      remedy: 'Fix it, or set the option "dockerfile" to another file.',
      file: place.file,
      ...textPosition(text, place.start),
    },
  };
}

/** Reports quote what the files say, so none outside the workspace is read, through links neither. */
function isInside(disk: Disk, path: FilePath): boolean {
  return isWithin('.', path) && isWithin('.', disk.realPath(path) ?? path);
}

function leaving(path: FilePath): Problem {
  return {
    kind: 'invalid-option',
    message: `The option "dockerfile" names ${path}, which is outside the workspace.`,
    remedy: 'Use paths inside the workspace, relative to its root.',
  };
}

function missing(file: FilePath): Problem {
  return {
    kind: 'invalid-option',
    message: `The option "dockerfile" names ${file}, which does not exist.`,
    remedy: 'Use a path relative to the workspace root.',
    file,
  };
}

function unknownTarget(file: FilePath, target: string, { stages }: ImagePlan): Problem {
  const names = stages.flatMap(({ name }) => name ?? []);
  return {
    kind: 'invalid-option',
    message: `The option "dockerfile" names the stage "${target}", but ${file} has no such stage.`,
    remedy:
      names.length > 0
        ? `Use one of its stages: ${names.join(', ')}.`
        : 'Its stages have no names. Use a number that counts from 0.',
    file,
  };
}
