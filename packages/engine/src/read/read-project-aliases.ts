import { remembered } from '../collections/remembered.js';
import type { FilePath, Place } from '../model/place.js';
import type { PathAlias } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';
import { aliasesOf, baseUrlOf } from './read-path-aliases.js';

/** What the configurations of one project make importable beside packages and relative files. */
export interface ProjectAliases {
  readonly aliases: readonly PathAlias[];
  /** Folders that `baseUrl` names. */
  readonly bases: readonly { readonly folder: FilePath; readonly place: Place }[];
}

const CONFIG = /^(?:ts|js)config(?:\.[\w-]+)*\.json$/;
const known = new WeakMap<Disk, Map<FilePath, ProjectAliases>>();

/** Reads every tsconfig in a project's folder. A broken one has no aliases here, because the compiler reports it. */
export function readProjectAliases(disk: Disk, root: FilePath): ProjectAliases {
  const ofDisk = known.get(disk) ?? new Map<FilePath, ProjectAliases>();
  known.set(disk, ofDisk);
  return remembered(ofDisk, root, () => {
    const configs = disk
      .filesIn(root)
      .filter((name) => CONFIG.test(name))
      .map((name) => joinPath(root, name));
    return {
      aliases: configs.flatMap((file) => tolerant(() => aliasesOf(disk, file), [])),
      bases: configs.flatMap((file) => tolerant(() => baseUrlOf(disk, file), undefined) ?? []),
    };
  });
}

function tolerant<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
