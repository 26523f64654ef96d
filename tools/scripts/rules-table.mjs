// Writes the table of rules into README.md, from the rules themselves. A test checks that both agree. Usage: node tools/scripts/rules-table.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const rules = 'packages/engine/src/rules';
const MARKED = /(<!-- rules -->\n)[^]*?(\n<!-- \/rules -->)/;

/** @returns README.md with the table as it should be */
export function readmeWithRules() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  if (!MARKED.test(readme)) throw new Error('README.md has lost its <!-- rules --> marks.');
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
  const lines = rows.map(
    ({ code, name, title }) => `- ${code} [${name}](${rules}/${name}/README.md): ${title}`,
  );
  const first = lines.findIndex((line) => line.startsWith('- VE9'));
  return [
    ...lines.slice(0, first),
    '',
    'Limits: what cannot be known is counted and told, never taken for fine, never for broken.',
    '',
    ...lines.slice(first),
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, 'README.md'), readmeWithRules());
