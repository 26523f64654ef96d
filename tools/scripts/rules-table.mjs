// Writes the list of rules into README.md, grouped by range. A test compares the two. Usage: node
// tools/scripts/rules-table.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const rules = 'packages/engine/src/rules';
const MARKED = /(<!-- rules -->\n)[^]*?(\n<!-- \/rules -->)/;

/** The named ranges of codes, in the order of the list. */
const RANGES = [
  ...readFileSync(join(root, rules, 'ranges.ts'), 'utf8').matchAll(/^ {2}(VE\dxx): (["'])(.*)\2,$/gm),
].map(([, range = '', , about = '']) => ({ range, about }));

/** @returns README.md with the list as it should be */
export function readmeWithRules() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  if (!MARKED.test(readme)) throw new Error('README.md has no <!-- rules --> markers.');
  return readme.replace(MARKED, (_, before, after) => `${before}\n${rulesTable()}\n${after}`);
}

function rulesTable() {
  const rows = readdirSync(join(root, rules), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const text = readFileSync(join(root, rules, name, 'rule.ts'), 'utf8');
      const code = /code: '(VE\d+)'/.exec(text)?.[1] ?? '';
      const [, quote, title] = /title:\s*(['"`])(.*)\1,/.exec(text) ?? [];
      if (!code || !title) throw new Error(`${name}/rule.ts has no code or no title.`);
      return { code, name, title: quote === '"' ? title : title.replaceAll("\\'", "'") };
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const groups = RANGES.map(({ range, about }) => {
    const lines = rows
      .filter(({ code }) => code.startsWith(range.slice(0, 3)))
      .map(({ code, name, title }) => `- ${code} [${name}](${rules}/${name}/README.md): ${title}`);
    return lines.length === 0 ? [] : [`### ${range}: ${about}`, lines.join('\n')];
  });
  const listed = groups.flat().join('\n\n');
  const lost = rows.find(({ code }) => !listed.includes(code));
  if (lost) throw new Error(`${lost.code} is in none of the ranges of ${import.meta.filename}.`);
  return listed;
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, 'README.md'), readmeWithRules());
