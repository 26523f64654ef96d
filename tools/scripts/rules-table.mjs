// Writes the list of rules into README.md, grouped by range. A test compares the two. Usage: node
// tools/scripts/rules-table.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const rules = 'packages/engine/src/rules';
const MARKED = /(<!-- rules -->\n)[^]*?(\n<!-- \/rules -->)/;

/** @returns {Promise<string>} README.md with the list as it should be */
export async function readmeWithRules() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  if (!MARKED.test(readme)) throw new Error('README.md has no <!-- rules --> markers.');
  const table = rulesTable(await loadRegistry());
  return readme.replace(MARKED, (_, before, after) => `${before}\n${table}\n${after}`);
}

/**
 * Bundled, because Node 20 does not load TypeScript.
 *
 * @returns {Promise<Pick<typeof import('../../packages/engine/src/rules/registry.ts'), 'RULES'> & Pick<typeof import('../../packages/engine/src/rules/ranges.ts'), 'RANGES'>>}
 */
async function loadRegistry() {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { RULES } from './registry.ts'; export { RANGES } from './ranges.ts';",
      resolveDir: join(root, rules),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** @param {Awaited<ReturnType<typeof loadRegistry>>} registry */
function rulesTable({ RULES, RANGES }) {
  const groups = Object.entries(RANGES).map(([range, about]) => {
    const lines = RULES.filter((rule) => rule.range === range).map(
      ({ code, name, title }) => `- ${code} [${name}](${rules}/${name}/README.md): ${title}`,
    );
    return lines.length === 0 ? [] : [`### ${range}: ${about}`, lines.join('\n')];
  });
  return groups.flat().join('\n\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, 'README.md'), await readmeWithRules());
