import { describe, expect, it } from 'vitest';
import { parseModule } from '../parse-module.js';

function pathsIn(text: string): readonly string[] {
  return (parseModule('dist/a.cjs', text).files ?? []).map(({ kind, path }) => `${kind} ${path}`);
}

const HEAD =
  "const path = require('path'); const cp = require('child_process'); const m = require('node:module');";

describe('paths that code hands to hosts', () => {
  it.each<[string, readonly string[]]>([
    ["m.register(require('url').pathToFileURL(path.join(__dirname, 'h.mjs')))", ['program h.mjs']],
    ["router.register(path.join(__dirname, 'h.mjs'))", []],
    ["cp.spawn(process.execPath, ['--x', path.join(__dirname, 'c.js')])", ['program c.js']],
    ["cp.spawn('git', [path.join(__dirname, 'c.js')])", []],
    ["const p = path.join(__dirname, 'p.js'); new W({ webPreferences: { preload: p } })", ['path p.js']],
    ['new W({ preload: `${__dirname}/p.js` })', ['path p.js']],
    ["build({ outfile: path.join(__dirname, 'p.js') })", []],
    ["new W({ preload: path.join(base, 'p.js') })", []],
    ["win.loadURL(`file://${path.join(__dirname, 'i.html')}`)", ['path i.html']],
    ["loadFile(path.join(__dirname, 'i.html'))", []],
    ["new Queue('a', path.join(__dirname, 'a.js'))", ['path a.js']],
  ])('reads %s', (text, expected) => {
    expect(pathsIn(`${HEAD} ${text}`)).toEqual(expected);
  });
});
