// Every relative link in a Markdown file resolves. In a published package it also resolves in the
// tarball: npm shows the README without the repository around it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import packlist from 'npm-packlist';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.nx', '.cache', '.verify-exports']);
const PACKAGES = ['packages/engine', 'packages/nx'];

function markdownIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The text without code, in which brackets are no links. */
function proseOf(text) {
  return text
    .replaceAll(/^(`{3,}|~{3,})[^]*?^\1\s*$/gm, '')
    .replaceAll(/^(?: {4}|\t).*$/gm, '')
    .replaceAll(/(`+)[^`]*?\1/g, '');
}

/** The targets of links and images, without web addresses. */
function linksIn(text) {
  const inline = [...text.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const references = [...text.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  return [...inline, ...references].map(([, target]) => target).filter((target) => !/^[a-z]+:/i.test(target));
}

/** The anchors that GitHub and npm give to the headings of a page. */
function anchorsOf(text) {
  const headings = text.replaceAll(/^(`{3,}|~{3,})[^]*?^\1\s*$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

/** @returns what is wrong with a link of a file; undefined for a link that resolves */
function fault(file, link) {
  const [path, anchor] = link.split('#');
  const target = path === '' ? file : resolve(dirname(file), decodeURIComponent(path));
  if (relative(root, target).startsWith('..') || !existsSync(target)) return `${link} does not exist`;
  if (anchor === undefined) return undefined;
  return anchorsOf(readFileSync(target, 'utf8')).includes(anchor) ? undefined : `${link} has no such heading`;
}

const pages = markdownIn(root).map((file) => ({
  file,
  name: relative(root, file).split(sep).join('/'),
  links: linksIn(proseOf(readFileSync(file, 'utf8'))),
}));

test('the pages of the repository contain links', () => {
  expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(50);
});

for (const { file, name, links } of pages) {
  test(`every relative link in ${name} resolves`, () => {
    expect(links.flatMap((link) => fault(file, link) ?? [])).toEqual([]);
  });
}

describe.each(PACKAGES)('the tarball of %s', (folder) => {
  const own = pages.filter(({ name }) => name.startsWith(`${folder}/`));

  test('contains the target of every relative link in its pages', async () => {
    const path = join(root, folder);
    const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    // npm-packlist reads no more of a node of npm's tree.
    const tree = /** @type {any} */ ({ path, package: manifest, isProjectRoot: true, edgesOut: new Map() });
    const packed = new Set((await packlist(tree)).map((file) => file.split(sep).join('/')));
    const shipped = own.filter(({ name }) => packed.has(name.slice(folder.length + 1)));
    expect(shipped.map(({ file }) => basename(file))).toContain('README.md');
    const lost = shipped.flatMap(({ file, name, links }) =>
      links
        .filter((link) => !link.startsWith('#'))
        .filter((link) => {
          const target = resolve(dirname(file), link.split('#')[0]);
          return !packed.has(relative(path, target).split(sep).join('/'));
        })
        .map((link) => `${name}: ${link}`),
    );
    expect(lost).toEqual([]);
  });
});
