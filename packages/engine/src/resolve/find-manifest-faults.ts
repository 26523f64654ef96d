import type { ManifestFaults } from '../model/manifest-faults.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import { missingCommandsOf } from '../read/command-files.js';
import type { Disk } from '../read/disk.js';
import { missingNamedFilesOf } from '../read/named-files.js';
import { missingToolFilesOf } from '../read/tool-files.js';
import { invalidTargetsOf } from './invalid-targets.js';
import { missingAliasesOf } from './missing-aliases.js';
import { missingSourcesOf } from './missing-source-targets.js';
import { privateDependenciesOf } from './private-dependencies.js';
import { unreachableEntriesOf } from './unreachable-entries.js';
import { unsatisfiedRangesOf } from './unsatisfied-ranges.js';

/** The errors in a package's own manifests, which do not depend on any import. */
export function manifestFaultsOf(disk: Disk, workspace: Workspace, pkg: WorkspacePackage): ManifestFaults {
  return {
    missingCommands: missingCommandsOf(disk, pkg),
    missingFiles: [...missingNamedFilesOf(disk, pkg), ...missingToolFilesOf(disk, workspace, pkg)],
    missingAliases: missingAliasesOf(disk, workspace, pkg),
    missingSources: missingSourcesOf(disk, pkg),
    invalidTargets: invalidTargetsOf(disk, pkg),
    unreachable: unreachableEntriesOf(disk, pkg),
    privateDependencies: privateDependenciesOf(workspace, pkg),
    unsatisfiedRanges: unsatisfiedRangesOf(disk, workspace, pkg),
  };
}
