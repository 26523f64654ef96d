import { describe, expect, it } from 'vitest';
import { parseModule } from '../parse-module.js';

/** `kind base path flags` of each file that a text refers to; every span is checked. */
function filesIn(text: string, file = 'dist/a.mjs'): readonly string[] {
  return (parseModule(file, text).files ?? []).map((found) => {
    expect(text.slice(found.start, found.end)).not.toBe('');
    const flags = (['guarded', 'deferred', 'conditional'] as const).filter((flag) => found[flag]);
    return [found.kind, found.base, found.path, ...flags].join(' ');
  });
}

const HERE =
  "import { join, dirname, resolve } from 'node:path'; import { fileURLToPath } from 'node:url'; import fs, { readFileSync } from 'node:fs'; const here = dirname(fileURLToPath(import.meta.url));";

describe('files that ES modules refer to', () => {
  it.each<[string, readonly string[]]>([
    ["new URL('./a.png', import.meta.url)", ['url module a.png']],
    ["new URL('a.png', '' + import.meta.url).href", ['url module a.png']],
    ["new URL(new URL('a.png', import.meta.url).href, '' + import.meta.url)", ['url module a.png']],
    ["new URL('/assets/a.png', import.meta.url)", ['url site /assets/a.png']],
    ["new URL('data:text/plain,a', import.meta.url)", []],
    ["new URL('https://acme.test/a.js', import.meta.url)", []],
    ["new URL('..', import.meta.url); new URL('./', import.meta.url)", []],
    ["new Worker(new URL('./w.js', import.meta.url), { type: 'module' })", ['worker module w.js']],
    ["new SharedWorker(new URL('./w.js', import.meta.url))", ['worker module w.js']],
    ["new Worker('./w.js')", ['worker document ./w.js']],
    ["new Worker('/w.js')", ['worker site /w.js']],
    ['new Worker(URL.createObjectURL(blob))', []],
    ["class Worker {} new Worker('./w.js')", []],
    ["navigator.serviceWorker.register('/sw.js')", ['worker site /sw.js']],
    ["router.register('/sw.js')", []],
    ["importScripts('./a.js', 'b.js')", ['worker module ./a.js', 'worker module b.js']],
    [`${HERE} readFileSync(join(here, 'x', 'y.txt'))`, ['file module x/y.txt']],
    [`${HERE} fs.readFileSync(resolve(here, '../y.txt'), 'utf8')`, ['file module ../y.txt']],
    [`${HERE} readFileSync(\`\${here}/y.txt\`)`, ['file module y.txt']],
    [`${HERE} readFileSync(here + '/y.txt')`, ['file module y.txt']],
    ["import { readFileSync as r } from 'fs'; r(new URL('./y.txt', import.meta.url))", ['file module y.txt']],
    ["import { readFileSync as r } from 'fs'; r(import.meta.dirname + '/y.txt')", ['file module y.txt']],
    [`${HERE} readFileSync(join(here, name))`, []],
    [`${HERE} readFileSync(join(process.cwd(), 'y.txt')); readFileSync('./y.txt')`, []],
    [`${HERE} fs.writeFileSync(join(here, 'y.txt'), ''); fs.mkdirSync(join(here, 'd'))`, []],
    [
      `${HERE} if (fs.existsSync(join(here, 'y'))) readFileSync(join(here, 'y'))`,
      ['file module y guarded deferred conditional'],
    ],
    [`${HERE} try { readFileSync(join(here, 'y')) } catch {}`, ['file module y guarded']],
    [`${HERE} const f = () => readFileSync(join(here, 'y'))`, ['file module y deferred']],
    [
      "import { readFile } from 'fs/promises'; readFile(new URL('./y', import.meta.url)).catch(() => '')",
      ['file module y guarded'],
    ],
    ["const u = new URL('./y', import.meta.url); import('fs').then((fs) => fs.writeFileSync(u, ''))", []],
    ['import(`./locales/${x}.js`)', ['glob module ./locales/*.js']],
    ["import('./locales/' + x + '.js')", ['glob module ./locales/*.js']],
    ['import(x); import(`${x}.js`); import(`./${x}`)', []],
    ["// new URL('./a.png', import.meta.url)\nexport const t = \"new Worker('./w.js')\"", []],
    ['export {};\n//# sourceMappingURL=a.mjs.map\n', ['source-map module a.mjs.map']],
    ['export {};\n//# sourceMappingURL=data:application/json;base64,e30=', []],
    [
      'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/a.js","./b.css"])))=>i.map(i=>d[i]);\nimport("./a.js");',
      ['chunk site assets/a.js deferred', 'chunk module ./b.css deferred'],
    ],
  ])('%s', (text, expected) => {
    expect(filesIn(text)).toEqual(expected);
  });
});

describe('files that CommonJS refers to', () => {
  it.each<[string, readonly string[]]>([
    ["require('fs').readFileSync(require('path').join(__dirname, 'y.txt'))", ['file module y.txt']],
    ["require('fs').createReadStream(__dirname + '/y.txt')", ['file module y.txt']],
    ["const path_1 = require('path'); require(path_1.join(__dirname, 'x.json'))", ['file module x.json']],
    ["const p = require('path'); require(`./plugins/${n}.js`)", ['glob module ./plugins/*.js']],
    [
      "require('child_process').fork(require('path').join(__dirname, 'child.js'))",
      ['worker module child.js'],
    ],
    ["const { Worker } = require('worker_threads'); new Worker(__filename)", []],
    ["function f(__dirname) { return readFileSync(__dirname + '/y.txt') }", []],
  ])('%s', (text, expected) => {
    expect(filesIn(text, 'dist/a.cjs')).toEqual(expected);
  });
});
