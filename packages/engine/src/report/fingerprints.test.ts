import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';

/** The findings of a package that imports these chunks. No chunk exists. */
function findingsFor(chunks: readonly string[], above = '') {
  using workspace = writeWorkspace(
    parseTextFiles(
      [
        '-- packages/app/package.json --',
        '{ "name": "@acme/app", "type": "module", "exports": "./dist/index.js" }',
        '-- packages/app/dist/index.js --',
        ...(above === '' ? [] : [above]),
        ...chunks.map((chunk) => `import '${chunk}';`),
        'export const app = 1;',
        '',
      ].join('\n'),
    ),
  );
  return checkAll(workspace.root).flatMap(({ findings }) => findings);
}

const fingerprints = (...given: Parameters<typeof findingsFor>) =>
  findingsFor(...given).map(({ fingerprint }) => fingerprint);

describe('a fingerprint', () => {
  it('stays the same after a rebuild that gives the file another content hash, and after lines move', () => {
    const first = findingsFor(['./chunk-B7X2Q2AZ.js']);
    expect(first.map(({ code }) => code)).toEqual(['VE301']);
    expect(fingerprints(['./chunk-K5LMN3PQ.js'], '// Another line.')).toEqual([first[0]!.fingerprint]);
  });

  it('differs for files that differ only in their content hash', () => {
    const both = fingerprints(['./chunk-B7X2Q2AZ.js', './chunk-K5LMN3PQ.js']);
    expect(new Set(both).size).toBe(2);
    expect(fingerprints(['./chunk-Z2Z2Z2Z2.js', './chunk-A3A3A3A3.js'])).toEqual(both);
  });

  it('differs for other files', () => {
    expect(fingerprints(['./one.js'])).not.toEqual(fingerprints(['./two.js']));
  });
});
