import { groupBy } from '../../collections/group-by.js';
import type { EarlyRead } from '../../model/early-read.js';
import type { FilePath } from '../../model/place.js';
import { defineRule } from '../define-rule.js';

interface Data {
  readonly read: EarlyRead;
  /** The entry files that load the module. */
  readonly entries: readonly FilePath[];
}

export const circularInitialisation = defineRule<Data>({
  code: 'VE403',
  name: 'circular-initialisation',
  reference: 'https://tc39.es/ecma262/#sec-innermoduleevaluation',
  since: '0.1.0',
  severity: 'error',
  title: 'A module in an import cycle reads a name before it is initialised.',

  find: ({ earlyReads, onlyForBundlers }) =>
    [...byPlace(earlyReads).values()].map((reads) => {
      const [read] = reads;
      return {
        identity: [read!.project, read!.place.file, read!.name, read!.origin.file],
        hits: [{ project: read!.project, place: read!.place }],
        ...(read!.format !== 'mixed' && { name: read!.name }),
        // Bundlers load such cycles.
        ...(read!.format === 'mixed' && onlyForBundlers && { atMost: 'warning' as const }),
        data: { read: read!, entries: reads.map(({ entry }) => entry) },
      };
    }),

  describe: ({ read, entries }) => ({
    message: messageOf(read),
    evidence: [
      { role: read.format === 'mixed' ? 'file' : 'declared', text: '', place: read.origin },
      {
        role: 'cycle',
        text: shortened([...read.path, read.path[0]!]).join(' → '),
      },
      ...entries.map((file) => ({ role: 'entry' as const, text: '', place: { file, start: 0, end: 0 } })),
    ],
    fix: {
      title:
        read.format === 'mixed'
          ? `load "${read.name}" later, in a function, or move what both modules need to a module outside the cycle`
          : `read "${read.name}" later, in a function, or move its declaration to a module outside the cycle`,
      edits: [],
    },
  }),
});

function messageOf({ name, format }: EarlyRead): string {
  if (format === 'mixed')
    return `"${name}" is in a cycle of ES modules and CommonJS modules, and one of them is still loading here, so Node throws ERR_REQUIRE_CYCLE_MODULE.`;
  return format === 'esm'
    ? `"${name}" is read while this module loads, but an import cycle makes this module run before the one that declares it, so the read throws a ReferenceError.`
    : `"${name}" is used while this module loads, but a cycle of require calls makes this module run before the line that exports it. So "${name}" is undefined, and using it throws a TypeError.`;
}

/** File names, or paths if two files have the same name. */
function shortened(path: readonly FilePath[]): readonly string[] {
  const names = path.map((file) => file.replace(/^.*\//, ''));
  return new Set(names).size === new Set(path).size ? names : path;
}

function byPlace(reads: readonly EarlyRead[]): ReadonlyMap<string, readonly EarlyRead[]> {
  return groupBy(reads, ({ place, origin }) => JSON.stringify([place.file, place.start, origin.file]));
}
