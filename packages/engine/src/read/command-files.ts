import type { MissingCommand } from '../model/manifest-faults.js';
import type { FilePath } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { baseNameOf, joinPath } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';
import { isAwaited } from './named-files.js';

/** The existing files of a package's `bin`. */
export function commandFilesOf(disk: Disk, pkg: WorkspacePackage): readonly FilePath[] {
  return commandsOf(pkg)
    .map(({ file }) => file)
    .filter((file) => disk.isFile(file));
}

/**
 * The missing files of a package's `bin`. If the build has not run, nothing is known about its
 * output, so files in a missing folder are left out.
 */
export function missingCommandsOf(disk: Disk, pkg: WorkspacePackage): readonly MissingCommand[] {
  return commandsOf(pkg)
    .filter((command) => !disk.isFile(command.file) && !isAwaited(disk, pkg, command.file))
    .map(({ path, manifest, ...command }) => ({
      ...command,
      place: locateInManifest(manifest, path, 'value'),
    }));
}

interface Command extends Omit<MissingCommand, 'place'> {
  readonly path: readonly string[];
  readonly manifest: Manifest;
}

function commandsOf({ published: manifest, publishedRoot, name = '' }: WorkspacePackage): readonly Command[] {
  const bin = manifest?.json.bin;
  const isMap = typeof bin === 'object' && bin !== null;
  const entries: readonly (readonly [string, unknown])[] = isMap
    ? Object.entries(bin)
    : [[baseNameOf(name), bin]];
  return entries.flatMap(([command, target]) =>
    manifest && typeof target === 'string' && target !== ''
      ? [
          {
            name: command,
            target,
            file: joinPath(publishedRoot, target),
            path: isMap ? ['bin', command] : ['bin'],
            manifest,
          },
        ]
      : [],
  );
}
