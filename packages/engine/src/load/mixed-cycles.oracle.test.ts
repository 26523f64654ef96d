import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { viewOf } from '../workspace-view.js';

// Oracle: Node. A property over random graphs of up to five modules, each an ES module or CommonJS: what is reported is what Node
// refuses with ERR_REQUIRE_CYCLE_MODULE. If a call in a function or a `try` is part of the cycle, it may be missed.

const graph = fc.array(
  fc.record({ isEsm: fc.boolean(), loads: fc.array(fc.tuple(fc.nat(4), fc.nat(11)), { maxLength: 3 }) }),
  { minLength: 2, maxLength: 5 },
);

function filesOf(
  modules: readonly { readonly isEsm: boolean; readonly loads: readonly (readonly [number, number])[] }[],
) {
  const nameOf = (at: number): string => `m${at}.${modules[at]!.isEsm ? 'mjs' : 'cjs'}`;
  return modules.map(({ isEsm, loads }, self) => {
    const lines = loads.map(([to, how], at) => {
      const name = `./${nameOf(to % modules.length)}`;
      if (isEsm) return how === 0 ? `const later${at} = () => import('${name}');` : `import '${name}';`;
      if (how === 0) return `exports.later = () => require('${name}');`;
      return how === 1 ? `try { require('${name}'); } catch {}` : `require('${name}');`;
    });
    return [nameOf(self), `${lines.join('\n')}\n${isEsm ? 'export {};' : 'exports.x = 1;'}\n`] as const;
  });
}

it('reports what Node refuses, in random cycles of ES modules and CommonJS', { timeout: 300_000 }, () => {
  let refused = 0;
  fc.assert(
    fc.property(graph, (modules) => {
      const files = filesOf(modules);
      const [entry] = files[0]!;
      const manifest = { name: 'lib', version: '1.0.0', main: `./${entry}`, engines: { node: '>=22.12' } };
      using workspace = writeWorkspace(
        new Map([
          ['packages/lib/package.json', JSON.stringify(manifest)],
          ...files.map(([name, text]) => [`packages/lib/${name}`, text] as const),
        ]),
      );
      const run = openRun({ root: workspace.root });
      const pkg = run.packageOf('lib')!;
      const found = viewOf(run, { conditions: [] }).loadErrors.earlyReads(pkg);
      const reported = found.filter(({ format }) => format === 'mixed');
      const file = join(workspace.root, 'packages/lib', entry);
      const { stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
      const throws = stderr.includes('ERR_REQUIRE_CYCLE_MODULE');
      if (throws) refused++;
      const isUncertain = files.some(([, text]) => /later = |try/.test(text));
      if (throws && isUncertain) return;
      expect({ reported: reported.length, files, stderr: stderr.slice(0, 300) }).toMatchObject({
        reported: throws ? 1 : 0,
      });
    }),
    { numRuns: 80, seed: 11 },
  );
  expect(refused).toBeGreaterThan(8);
});
