// `npm run new-rule -- my-problem VE2xx`: creates the folder of a rule and adds the rule to the registry.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rules = join(dirname(fileURLToPath(import.meta.url)), '../..', 'packages/engine/src/rules');
const [name, code] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)*$/.test(name ?? '') || !/^VE[1-9]\d\d$/.test(code ?? ''))
  fail('Usage: npm run new-rule -- my-problem VE2xx');

const folder = join(rules, name);
const registry = join(rules, 'registry.ts');
const registered = readFileSync(registry, 'utf8');
if (existsSync(folder)) fail(`${name} exists already.`);
if (codesInUse().includes(code)) fail(`${code} is taken; codes are never used twice.`);

const identifier = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
mkdirSync(join(folder, 'cases'), { recursive: true });
writeFileSync(join(folder, 'rule.ts'), ruleText());
writeFileSync(join(folder, 'README.md'), pageText());
writeFileSync(
  registry,
  registered
    .replace(/^(import type \{ AnyRule \}.*)$/m, `$1\nimport { ${identifier} } from './${name}/rule.js';`)
    .replace(/(RULES: readonly AnyRule\[\] = \[\n)/, `$1  ${identifier},\n`),
);
console.log(
  `Made ${join('packages/engine/src/rules', name)}. Next: move the rule to its place by code in registry.ts, write find and describe, add cases.`,
);

function codesInUse() {
  const names = [...registered.matchAll(/from '\.\/([a-z-]+)\/rule\.js'/g)].map(([, rule]) => rule);
  return names.map((rule) => /code: '(VE\d+)'/.exec(readFileSync(join(rules, rule, 'rule.ts'), 'utf8'))?.[1]);
}

function ruleText() {
  return `import { defineRule } from '../define-rule.js';

export const ${identifier} = defineRule<{ readonly what: string }>({
  code: '${code}',
  name: '${name}',
  since: '${JSON.parse(readFileSync(join(rules, '../../package.json'), 'utf8')).version}',
  severity: 'error',
  title: '',
  find: () => [],
  describe: ({ what }) => ({ message: \`\${what} is …, but ….\`, evidence: [] }),
});
`;
}

function pageText() {
  const headings = [
    'What it reports',
    'Why it breaks',
    'Broken',
    'How to fix it',
    'What it cannot see',
    'When to turn it off',
  ];
  return `# ${code} ${name}\n\n${headings.map((heading) => `## ${heading}\n`).join('\n')}`;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
