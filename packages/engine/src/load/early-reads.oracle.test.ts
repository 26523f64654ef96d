import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { viewOf } from '../workspace-view.js';

// Oracle: Node. A property over random cycles of up to five modules: Node throws a ReferenceError
// when it
// loads the entry exactly if an early read is reported. One process loads all of them.

const DECLARATIONS = [
  (name: string, value: string) => `export const ${name} = ${value};`,
  (name: string, value: string) => `let ${name} = ${value};\nexport { ${name} };`,
  (name: string, value: string) => `export var ${name} = ${value};`,
  (name: string, value: string) => `export function ${name}() { return ${value}; }`,
  (name: string, value: string) => `export const ${name} = () => ${value};`,
  (name: string, value: string) => `export class ${name} { static m() { return ${value}; } }`,
  (name: string, value: string) => `export const ${name} = (() => ${value})();`,
  (name: string, value: string) => `function late() { return ${value}; }\nexport const ${name} = late;`,
  (name: string, value: string) => `function now() { return ${value}; }\nnow();\nexport const ${name} = 1;`,
];

const graph = fc.array(
  fc.record({
    imports: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
    stars: fc.array(fc.nat(4), { maxLength: 1 }),
    reads: fc.array(fc.nat(2), { maxLength: 2 }),
    namespace: fc.boolean(),
    shape: fc.nat(DECLARATIONS.length - 1),
  }),
  { minLength: 2, maxLength: 5 },
);

function filesOf(modules: ReturnType<typeof sample>[number]): string[] {
  return modules.map(({ imports, stars, reads, namespace, shape }, self) => {
    const targets = imports.map((target) => target % modules.length).filter((target) => target !== self);
    const lines = targets.map((target, at) =>
      namespace
        ? `import * as i${at} from './m${target}.js';`
        : `import { x${target} as i${at} } from './m${target}.js';`,
    );
    const read = reads.flatMap((at) => {
      const target = targets[at];
      return target === undefined ? [] : namespace ? `typeof i${at}.x${target}` : `typeof i${at}`;
    });
    const star = stars.map((target) => target % modules.length).filter((target) => target !== self);
    return [
      ...lines,
      ...star.map((target) => `export * from './m${target}.js';`),
      DECLARATIONS[shape]!(`x${self}`, read.length > 0 ? `[${read.join(', ')}]` : '1'),
    ].join('\n');
  });
}

function sample() {
  return fc.sample(graph, { numRuns: 300, seed: Number(process.env['VERIFY_SEED'] ?? 7) });
}

it('reports an early read exactly if Node throws', () => {
  const graphs = sample().map(filesOf);
  const files = new Map<string, string>();
  graphs.forEach((modules, number) => {
    const folder = `packages/g${number}`;
    files.set(`${folder}/package.json`, `{ "name": "g${number}", "type": "module", "exports": "./m0.js" }`);
    modules.forEach((text, at) => files.set(`${folder}/m${at}.js`, text));
  });
  using workspace = writeWorkspace(files);
  const thrown = loadAll(graphs.map((_, number) => join(workspace.root, 'packages', `g${number}`, 'm0.js')));
  const run = openRun({ root: workspace.root });
  const { loadErrors } = viewOf(run, { conditions: [] });
  const reported = graphs.map((_, number) => loadErrors.earlyReads(run.packageOf(`g${number}`)!).length > 0);
  const wrong = graphs.flatMap((modules, number) =>
    reported[number] === thrown[number] ? [] : [{ reported: reported[number], modules }],
  );
  expect(wrong).toEqual([]);
  expect(thrown.filter(Boolean).length).toBeGreaterThan(5);
});

function loadAll(files: readonly string[]): readonly boolean[] {
  const code = `
    const thrown = [];
    for (const url of ${JSON.stringify(files.map((file) => pathToFileURL(file).href))})
      thrown.push(await import(url).then(() => false, (error) => {
        if (!/before initialization/.test(error.message)) throw error;
        return true;
      }));
    console.log(JSON.stringify(thrown));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as readonly boolean[];
}
