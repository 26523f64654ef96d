import type { ExtensionlessPath } from '../../model/extensionless-path.js';
import { defineRule } from '../define-rule.js';
import { withExtension } from '../extensionless-words.js';

export const extensionlessDeclarations = defineRule<readonly [ExtensionlessPath, ...ExtensionlessPath[]]>({
  code: 'VE109',
  name: 'extensionless-declarations',
  reference:
    'https://www.typescriptlang.org/docs/handbook/modules/reference.html#node16-node18-node20-nodenext',
  since: '0.1.0',
  severity: 'warning',
  title: 'Published ES module declarations import relative files without an extension.',

  // The compiler's settings are the one cause of all such paths.
  find({ own, extensionlessPaths: [first, ...others] }) {
    if (!first) return [];
    const paths = [first, ...others] as const;
    return [
      {
        identity: [own.project],
        hits: paths.map(({ place }) => ({ project: own.project, place })),
        data: paths,
      },
    ];
  },

  describe([first, ...others]) {
    const files = new Set([first, ...others].map(({ place }) => place.file)).size;
    const more =
      others.length > 0
        ? `, like ${others.length} more paths in ${files} declaration file${files === 1 ? '' : 's'}`
        : '';
    return {
      message: `"${first.specifier}" has no extension${more}, so importers under nodenext lose the names and types behind it.`,
      evidence: [{ role: 'file', text: '', place: { file: first.file, start: 0, end: 0 } }],
      fix: withExtension(first),
    };
  },
});
