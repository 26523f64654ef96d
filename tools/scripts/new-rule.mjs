// `npm run new-rule -- my-problem VE2xx` creates a rule's folder and adds the rule to the registry.
// `npm run new-rule` writes the registry again from the folders.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rules = join(dirname(fileURLToPath(import.meta.url)), '../..', 'packages/engine/src/rules');

export { rules as rulesFolder };

/** @returns registry.ts as it should be: every rule that has a folder, by code */
export function registryText() {
  const found = rulesByCode();
  const imports = found
    .map(({ name }) => name)
    .toSorted()
    .map((name) => `import { ${identifierOf(name)} } from './${name}/rule.js';`);
  return `// Generated from the folders of the rules by \`npm run new-rule\`.
${[...imports, "import type { Rule } from './define-rule.js';"].join('\n')}

/** All rules, by code. Codes are permanent; a retired one is never used again. */
export const RULES: readonly Rule[] = [
${found.map(({ name }) => `  ${identifierOf(name)},`).join('\n')}
];

/** The rule with this code or name. */
export function ruleNamed(codeOrName: string): Rule | undefined {
  return RULES.find((rule) => rule.code === codeOrName || rule.name === codeOrName);
}
`;
}

function rulesByCode() {
  return readdirSync(rules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const code = /code: '(VE\d+)'/.exec(readFileSync(join(rules, name, 'rule.ts'), 'utf8'))?.[1];
      if (code === undefined) throw new Error(`${join(rules, name, 'rule.ts')} declares no code.`);
      return { name, code };
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function identifierOf(name) {
  return name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

function createRule(name, code) {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name) || !/^VE[1-59]\d\d$/.test(code ?? ''))
    fail('Usage: npm run new-rule -- my-problem VE2xx');
  const folder = join(rules, name);
  if (existsSync(folder)) fail(`${name} exists already.`);
  if (rulesByCode().some((rule) => rule.code === code))
    fail(`${code} is used already. Codes are never used twice.`);
  mkdirSync(join(folder, 'cases'), { recursive: true });
  writeFileSync(join(folder, 'rule.ts'), ruleText(name, code));
  writeFileSync(join(folder, 'README.md'), pageText(name, code));
  console.log(
    `Created ${join('packages/engine/src/rules', name)}. Next: write reference, title, find and describe, and add cases.`,
  );
}

function ruleText(name, code) {
  return `import { defineRule } from '../define-rule.js';

export const ${identifierOf(name)} = defineRule<{ readonly what: string }>({
  code: '${code}',
  name: '${name}',
  reference: 'https://',
  since: '${JSON.parse(readFileSync(join(rules, '../../package.json'), 'utf8')).version}',
  severity: 'error',
  title: '',
  find: () => [],
  describe: ({ what }) => ({ message: \`\${what} is …, but ….\`, evidence: [] }),
});
`;
}

function pageText(name, code) {
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

if (process.argv[1] === import.meta.filename) {
  const [name, code] = process.argv.slice(2);
  if (name !== undefined) createRule(name, code);
  writeFileSync(join(rules, 'registry.ts'), registryText());
}
