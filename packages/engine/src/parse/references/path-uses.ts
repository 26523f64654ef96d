import type { Node } from 'oxc-parser';
import { memberName, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { importedName } from './path-value.js';

/** Functions of node:fs that fail if the file of their first argument does not exist. */
export const READERS: ReadonlySet<string> = new Set([
  'readFile',
  'readFileSync',
  'createReadStream',
  'openAsBlob',
  'readJson',
  'readJSON',
  'readJsonSync',
  'readJSONSync',
]);

/** Functions that test for a path, create it or remove it. */
export const PROBES: ReadonlySet<string> = new Set([
  'existsSync',
  'exists',
  'pathExists',
  'pathExistsSync',
  'access',
  'accessSync',
  'stat',
  'statSync',
  'lstat',
  'lstatSync',
  'open',
  'openSync',
  'writeFile',
  'writeFileSync',
  'appendFile',
  'appendFileSync',
  'createWriteStream',
  'outputFile',
  'outputFileSync',
  'writeJson',
  'writeJsonSync',
  'mkdir',
  'mkdirSync',
  'ensureDir',
  'ensureDirSync',
  'ensureFile',
  'ensureFileSync',
  'mkdtemp',
  'mkdtempSync',
  'rm',
  'rmSync',
  'rmdir',
  'rmdirSync',
  'unlink',
  'unlinkSync',
]);

/** Functions and constructors with their own kind of reference to a file. */
const CONSUMERS: ReadonlySet<string> = new Set([
  ...READERS,
  'fork',
  'createRequire',
  'dirname',
  'join',
  'resolve',
]);

/**
 * Whether a URL is passed, directly or through one variable, to a function that does more with it:
 * reads the file (which is found there), writes it, or uses it as a base.
 */
export function isConsumed(url: Node, index: TreeIndex, depth = 0): boolean {
  const whole = outermost(url);
  const { parent } = whole;
  if (!parent || depth > 4) return false;
  if (parent.type === 'MemberExpression' && parent.object === whole) {
    const name = memberName(parent)?.name;
    return (name === 'pathname' || name === 'href') && isConsumed(parent, index, depth + 1);
  }
  if (parent.type === 'CallExpression') {
    const name = importedName(parent.callee, index) ?? '';
    if (name === 'fileURLToPath' || name === 'String') return isConsumed(parent, index, depth + 1);
    return parent.arguments[0] === whole && (CONSUMERS.has(name) || PROBES.has(name));
  }
  if (parent.type === 'NewExpression')
    return importedName(parent.callee, index) === 'URL' && parent.arguments[1] === whole;
  if (parent.type !== 'VariableDeclarator' || parent.init !== whole || parent.id.type !== 'Identifier')
    return false;
  const binding = index.bindingAt(parent.id.start);
  return (
    binding !== undefined && index.referencesTo(binding).some((use) => isConsumed(use, index, depth + 1))
  );
}
