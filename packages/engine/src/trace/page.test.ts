import { describe, expect, it } from 'vitest';
import { readPage } from './page.js';
import { styleUrls } from './stylesheet.js';

const shown = (urls: ReturnType<typeof styleUrls>, text: string): readonly string[] =>
  urls.map(({ url, use, soft, start, end }) => {
    expect(text.slice(start, end)).toBe(url);
    return `${use} ${url}${soft ? ' soft' : ''}`;
  });

describe('references of a page', () => {
  it.each<[string, readonly string[]]>([
    [
      '<script src="/a.js"></script><script type="module" src=b.js></script>',
      ['module /a.js', 'module b.js'],
    ],
    ['<link rel="stylesheet" href="a.css"><link rel=canonical href=x>', ['style a.css']],
    [
      '<link rel="modulepreload" href="a.js"><link rel="icon" href="i.ico">',
      ['module a.js', 'asset i.ico soft'],
    ],
    [
      '<img src="a.png" srcset="a.png 1x, b.png 2x">',
      ['asset a.png', 'asset a.png soft', 'asset b.png soft'],
    ],
    [
      '<video src=a.mp4 poster=a.jpg><source src=b.webm><track src=c.vtt></video>',
      ['asset a.mp4', 'asset a.jpg', 'asset b.webm', 'asset c.vtt'],
    ],
    ['<a href="/b.html">b</a><form action="/c"></form><svg><use href="#d"/></svg>', []],
    ['<!-- <script src="a.js"></script> --><template><p></p></template>', []],
    ['<script>document.write("<img src=a.png>")</script>', []],
    ['<script type="text/x-template"><img src="a.png"></script>', []],
    [
      '<img src="https://x.test/a.png"><img src="//x/a"><img src="data:,a"><img src="{{ a }}"><img src="<%= a %>">',
      [],
    ],
    ['<style>@import "a.css"; b { background: url(c.png) }</style>', ['style a.css', 'asset c.png']],
    ['<p></b><script src="a.js"></script></p', ['module a.js']],
  ])('%s', (text, expected) => {
    expect(shown(readPage(text).urls, text)).toEqual(expected);
  });

  it('finds the base, inline modules and import map of a page', () => {
    const text =
      '<base href="/app/"><script type="importmap">{"imports":{"a":"/a.js","b/":"/b/"}}</script><script type=module>import "a"</script>';
    const page = readPage(text);
    expect(page.base).toBe('/app/');
    expect([...page.mapped]).toEqual(['a', 'b/']);
    expect(page.scripts.map(({ start, end }) => text.slice(start, end))).toEqual(['import "a"']);
  });
});

describe('references of a style sheet', () => {
  it.each<[string, readonly string[]]>([
    ['@import "a.css"; @import url(b.css) screen;', ['style a.css', 'style b.css']],
    ['a { background: url( "x y.png" ), url(z.svg#i) }', ['asset x y.png', 'asset z.svg#i']],
    ['/* url(a.png) */ a::after { content: "url(b.png)" }', []],
    ['a { background: url(data:,x) ; mask: url(#m); cursor: url(https://x/y.cur) }', []],
    [
      '@font-face { src: url(a.woff2) format("woff2"), url(a.woff) }',
      ['asset a.woff2 soft', 'asset a.woff soft'],
    ],
    ['@font-face { src: url(a.woff2) }', ['asset a.woff2']],
    ['a{background:image-set("a.png" 1x, url(b.png) 2x)}', ['asset a.png', 'asset b.png']],
  ])('%s', (text, expected) => {
    expect(shown(styleUrls(text), text)).toEqual(expected);
  });

  it('reports a text that is not a style sheet', () => {
    expect(() => styleUrls('a { background: url(b.png)')).toThrow();
  });
});
