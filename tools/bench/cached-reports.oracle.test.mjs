import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderJson } from '../../packages/engine/src/formats/render-json.js';
import { openRun } from '../../packages/engine/src/session.js';
import { verify } from '../../packages/engine/src/verify.js';
import { generateWorkspace } from './generate-workspace.mjs';
import { random as randomOf } from './random.mjs';

// The oracle is a run without a cache folder. Packages that depend on each other are broken and fixed in random ways. Separate
// tasks share a cache folder, and each of them must write the same report as without it.

/** More with BREAKS=500; a failure prints its seed. */
const COUNT = Number(process.env['BREAKS'] ?? 5);
const EDITS = 8;

afterEach(() => void vi.restoreAllMocks());

function reportOf(root, project, cacheFolder) {
  const projects = readdirSync(join(root, 'packages')).map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
  const run = openRun({ root, projects, ...(cacheFolder && { cacheFolder }) });
  const report = verify({ run, project });
  run.saveCache();
  return { text: renderJson(report), loaded: run.counts.loaded };
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Each changes one thing, and returns a function that takes it back. */
const BREAKS = {
  remove(file) {
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return () => writeFileSync(file, text);
  },
  empty: (file) => rewrite(file, () => ''),
  loseLine: (file, random) =>
    rewrite(file, (text) => {
      const lines = text.split('\n');
      return lines.toSpliced(random.below(lines.length), 1).join('\n');
    }),
  renameWord: (file, random) =>
    rewrite(file, (text) => {
      const words = [...text.matchAll(/\b[A-Za-z]\w{4,}\b/g)];
      if (words.length === 0) return text;
      const [word] = words[random.below(words.length)];
      // Of the same length: only its times change.
      return text.replaceAll(word, `${word.slice(0, -1)}${word.endsWith('q') ? 'z' : 'q'}`);
    }),
  truncate: (file, random) => rewrite(file, (text) => text.slice(0, random.below(text.length + 1))),
  importMore: (file) => rewrite(file, (text) => `import { lost } from './lost.js';\n${text}`),
  importOut: (file) => rewrite(file, (text) => `import '../../../outside.js';\n${text}`),
  passOn: (file) => rewrite(file, (text) => `${text}\nexport * from 'somewhere';\n`),
  addFolder(file) {
    const folder = file.replace(/\.\w+$/, '');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    return () => rmSync(folder, { recursive: true });
  },
  otherFormat(file) {
    const manifest = join(dirname(file), 'package.json');
    const before = filesIn(dirname(file)).includes(manifest) ? readFileSync(manifest, 'utf8') : undefined;
    writeFileSync(manifest, before?.includes('commonjs') ? '{ "type": "module" }' : '{ "type": "commonjs" }');
    return () => (before === undefined ? rmSync(manifest) : writeFileSync(manifest, before));
  },
  link(file) {
    const text = readFileSync(file, 'utf8');
    const target = `${file}.real`;
    writeFileSync(target, text);
    rmSync(file);
    symlinkSync(target, file);
    return () => {
      rmSync(file);
      rmSync(target);
      writeFileSync(file, text);
    };
  },
};

function rewrite(file, edit) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, edit(text));
  return () => writeFileSync(file, text);
}

/** Another copy of a package, nearer to one of its dependents. */
function installCopy(root, plan, random) {
  const dependents = plan.filter(({ dependencies }) => dependencies.length > 0);
  const { folder, dependencies } = dependents[random.below(dependents.length)];
  const copy = join(root, folder, 'node_modules', dependencies[random.below(dependencies.length)]);
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{ "name": "copy", "version": "9.0.0", "main": "index.js" }');
  writeFileSync(join(copy, 'index.js'), 'exports.other = 1;\n');
  return () => rmSync(join(root, folder, 'node_modules'), { recursive: true });
}

describe('a task with a cache folder', () => {
  it('writes the same report as without it, whatever breaks', () => {
    let loaded = 0;
    for (let seed = 1; seed <= COUNT; seed++) {
      vi.restoreAllMocks();
      const later = Date.now() + 60_000;
      if (seed % 2 === 0) vi.spyOn(Date, 'now').mockImplementation(() => later);
      const numbers = randomOf(seed);
      const random = { below: (count) => numbers.int(0, count - 1) };
      const folder = mkdtempSync(join(tmpdir(), 'cached-'));
      try {
        const root = join(folder, 'workspace');
        const cache = join(folder, 'cache');
        const plan = generateWorkspace({ root, packages: 7, modules: 5, seed }).packages;
        const names = plan.map((one) => one.folder.split('/').at(-1));
        for (const name of names) reportOf(root, name, cache);
        const done = [];
        for (let edit = 0; edit < EDITS; edit++) {
          const one = plan[random.below(plan.length)];
          const scripts = filesIn(join(root, one.folder, 'dist')).filter((file) =>
            /\.(js|d\.ts)$/.test(file),
          );
          const file = scripts[random.below(scripts.length)];
          const kinds = [...Object.keys(BREAKS), 'manifest', 'copy'];
          const kind = kinds[random.below(kinds.length)];
          const undo =
            kind === 'copy'
              ? installCopy(root, plan, random)
              : kind === 'manifest'
                ? rewrite(join(root, one.folder, 'package.json'), (text) =>
                    text.replace('"./testing"', '"./tests"'),
                  )
                : BREAKS[kind](file, random);
          done.push(`${kind} ${file}`);
          const check = () => {
            const name = names[random.below(names.length)];
            const cached = reportOf(root, name, cache);
            loaded += cached.loaded;
            expect(cached.text, `seed ${seed}, ${name}: ${done.join('; ')}`).toBe(reportOf(root, name).text);
          };
          for (let checks = 0; checks < 4; checks++) check();
          // Half of the time the break stays.
          if (random.below(2) === 0) {
            undo();
            done.push('undone');
            check();
          }
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    expect(loaded).toBeGreaterThan(0);
  });
});
