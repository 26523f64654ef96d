import type { SurfaceComparison } from '../../model/package-surface.js';
import { defineRule } from '../define-rule.js';

interface Data {
  readonly comparison: SurfaceComparison;
  readonly packageName: string;
}

export const outdatedSurface = defineRule<Data>({
  code: 'VE506',
  name: 'outdated-surface',
  reference: 'https://semver.org/#spec-item-7',
  since: '0.1.0',
  severity: 'warning',
  title: 'A surface file does not record everything that the package exports.',

  find({ own, surface }) {
    if (!surface || surface.added === 0) return [];
    return [
      {
        identity: [own.project],
        hits: [{ project: own.project, place: { file: surface.file, start: 0, end: 0 } }],
        data: { comparison: surface, packageName: own.name ?? own.project },
      },
    ];
  },

  describe({ comparison: { file, added }, packageName }) {
    const what = added === 1 ? '1 export' : `${added} exports`;
    return {
      message: `"${packageName}" has ${what} that ${file} does not record, so a later check cannot notice if ${added === 1 ? 'it goes' : 'they go'} away.`,
      evidence: [],
      fix: { title: `run \`verify-exports surface ${packageName}\`, and commit the file`, edits: [] },
    };
  },
});
