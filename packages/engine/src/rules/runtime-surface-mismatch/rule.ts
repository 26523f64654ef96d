import { groupBy } from '../../collections/group-by.js';
import type { RuntimeMismatch } from '../../model/load-result.js';
import { defineRule } from '../define-rule.js';

interface Data {
  readonly packageName: string;
  readonly mismatches: readonly [RuntimeMismatch, ...RuntimeMismatch[]];
}

export const runtimeSurfaceMismatch = defineRule<Data>({
  code: 'VE402',
  name: 'runtime-surface-mismatch',
  reference: 'https://tc39.es/ecma262/#sec-module-namespace-objects',
  since: '0.1.0',
  severity: 'error',
  title: 'A loaded module does not have what its declarations or its text promise.',

  find({ own, loads }) {
    const groups = groupBy(loads?.mismatches ?? [], ({ name, kind, declared, attempt: { subpath } }) =>
      JSON.stringify([subpath, name, kind, declared.file]),
    );
    return [...groups.values()].map((group) => {
      const mismatches = group as unknown as Data['mismatches'];
      const [{ name, kind, declared, attempt }] = mismatches;
      return {
        identity: [own.project, attempt.subpath, name, kind],
        hits: [{ project: own.project, place: declared }],
        provider: {
          package: own.name ?? own.project,
          entryPoint: attempt.subpath,
          conditions: attempt.conditions,
          file: attempt.file,
        },
        name,
        data: { packageName: own.name ?? own.project, mismatches },
      };
    });
  },

  describe({ packageName, mismatches }) {
    const [{ name, kind, reason, byTypes, attempt }] = mismatches;
    const modes = [...new Set(mismatches.map(({ attempt: { mode } }) => `\`${mode}\``))].join(' and ');
    const specifier = `${packageName}${attempt.subpath.slice(1)}`;
    const promise = byTypes ? 'is declared' : 'is written';
    return {
      message: `"${name}" ${promise} as an export of "${specifier}", but ${WORDS[kind](reason)} after it is loaded by ${modes}.`,
      evidence: mismatches.map(({ attempt: { file, place } }) => ({
        role: 'entry' as const,
        text: file,
        place,
      })),
      fix: {
        title: byTypes
          ? `make the build export a value that fits the declarations, or correct the declarations`
          : `make sure that "${name}" has its value when the module has loaded`,
        edits: [],
      },
    };
  },
});

const WORDS: Readonly<Record<RuntimeMismatch['kind'], (reason: string | undefined) => string>> = {
  absent: () => 'does not exist',
  undefined: () => 'is undefined',
  throws: (reason) => `throws when it is read${reason === undefined ? '' : ` (${reason})`}`,
  'not-callable': () => 'is not a function',
  'not-constructable': () => 'is no constructor',
};
