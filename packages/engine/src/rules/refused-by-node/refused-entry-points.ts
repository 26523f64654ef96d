import { groupBy } from '../../collections/group-by.js';
import type { NodeRefusal } from '../../model/node-refusal.js';
import type { UnloadableEntry } from '../../model/unloadable-entry.js';
import type { Breakage, EvidenceAt, RuleFacts } from '../define-rule.js';
import { listed } from '../words.js';

/** Entry points of one package that Node refuses for the same reason. */
export interface RefusedEntries {
  readonly packageName: string;
  readonly entries: readonly [UnloadableEntry, ...UnloadableEntry[]];
}

/** One breakage for each reason, because one setting of the build usually causes all of them. */
export function refusedEntryPoints({
  own,
  unloadableEntries,
}: RuleFacts): readonly Breakage<RefusedEntries>[] {
  return [...groupBy(unloadableEntries, ({ refusal }) => refusal.kind)].map(([kind, entries]) => ({
    identity: ['entry-points', own.project, kind],
    hits: entries.map(({ place }) => ({ project: own.project, place })),
    atMost: 'warning',
    data: { packageName: own.name ?? own.project, entries },
  }));
}

export function messageOf({ packageName, entries }: RefusedEntries): string {
  const [{ subpath, refusal }] = entries;
  const bundlers = refusal.kind === 'commonjs-code' ? 'Some bundlers' : 'Bundlers';
  return `Node cannot load this entry point ("${subpath}" of "${packageName}"), because ${reasonOf(refusal)}. ${bundlers} can load it, but the manifest offers it to Node too.`;
}

export function evidenceOf({ entries }: RefusedEntries): readonly EvidenceAt[] {
  const [first] = entries;
  const times = Math.max(...entries.map((entry) => entry.times));
  return [
    { role: 'cause', text: '', place: first.refusal.place },
    ...(times > 1 ? [{ role: 'again' as const, text: `${times - 1} more in the files that it loads` }] : []),
    ...(entries.length > 1
      ? [{ role: 'same' as const, text: listed(entries.map(({ subpath }) => `"${subpath}"`)) }]
      : []),
  ];
}

function reasonOf(refusal: NodeRefusal): string {
  switch (refusal.kind) {
    case 'extension':
      return `"${refusal.specifier}" is imported without a file extension`;
    case 'folder':
      return `"${refusal.specifier}" is a folder, and Node does not look for an index file in it`;
    case 'json-attribute':
      return `"${refusal.specifier}" is imported without the import attribute for JSON`;
    case 'module-syntax':
      return 'it has ES module syntax in a CommonJS file';
    case 'commonjs-code':
      return `it is CommonJS in a file that ${refusal.scope === undefined ? 'its extension' : `"type": "module" in ${refusal.scope}`} makes an ES module`;
    case 'undetected-syntax':
      return 'it has ES module syntax that old versions of Node do not detect';
    case 'required-module':
      return `it requires the ES module "${refusal.specifier}"`;
    case 'wrapper-variable':
      return `it uses "${refusal.name}" in an ES module`;
  }
}
