import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULES = join(import.meta.dirname, '../../../packages/engine/src/rules');

/**
 * The workspaces of all cases of all rules. They are small, and together they contain everything that a rule looks at.
 *
 * @typedef {{ name: string; files: Map<string, string>; projects?: readonly { name: string; root: string }[]; options?: object }} CaseWorkspace
 * @param {(text: string) => any} parseCase
 * @returns {CaseWorkspace[]} sorted by name
 */
export function caseWorkspaces(parseCase) {
  return casePaths().map((name) => {
    const { files, projects, options } = parseCase(readFileSync(join(RULES, name), 'utf8'));
    const all = new Map(files);
    if (!all.has('package.json'))
      all.set('package.json', '{ "private": true, "workspaces": ["packages/*"] }\n');
    return { name, files: all, projects, options };
  });
}

/** @returns {string[]} `rule/cases/name.case` */
function casePaths() {
  const rules = readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = rules.flatMap(({ name }) =>
    readdirSync(join(RULES, name, 'cases')).map((file) => `${name}/cases/${file}`),
  );
  return paths.filter((path) => path.endsWith('.case')).toSorted();
}
