import type { Demand } from '../model/demand.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { formatOf } from '../read/package-scope.js';
import type { Asker } from './collect-demands.js';

/**
 * What an import statement of a file becomes when the file runs (see `Demand.mode`): a matter of the extension where that
 * settles it, of Node's format for files that run as they are written, and open for TypeScript that a build emits.
 */
export function importModeOf(
  disk: Disk,
  pkg: WorkspacePackage,
  { file, record, origin }: Pick<Asker, 'file' | 'record' | 'origin'>,
): Demand['mode'] {
  if (/\.m[tj]s$/.test(file)) return 'import';
  if (file.endsWith('.cts')) return 'require';
  const runsAsWritten = origin === 'output' || pkg.outputs.length === 0;
  if (record.language === 'js' || record.language === 'jsx') return runsAsWritten ? 'import' : 'either';
  if (record.language !== 'dts' && !runsAsWritten) return 'either';
  // As if it had no module syntax: then Node's answer depends on the package's "type" alone, as TypeScript's does.
  return formatOf(disk, file, false) === 'esm' ? 'import' : 'either';
}
