import type { Tree } from '@nx/devkit';
import { applyEdits, modify } from 'jsonc-parser';
import { jsonError } from '../../infer/json-error';
import { isRecord, parseObject } from '../../infer/member-manifest';

export interface InitOptions {
  readonly targetName?: string;
  readonly buildTarget?: string;
}

const PLUGIN = '@verify-exports/nx';
const REPORTS = '.verify-exports';

/**
 * Registers the plugin in nx.json and adds the reports' folder to .gitignore. What is there already stays as it is, comments
 * and formatting included; a second run changes nothing.
 *
 * @throws Error that names nx.json when that cannot be read
 */
export default async function initGenerator(tree: Tree, options: InitOptions = {}): Promise<void> {
  registerPlugin(tree, options);
  ignoreReports(tree);
}

function registerPlugin(tree: Tree, { targetName, buildTarget }: InitOptions): void {
  const text = tree.read('nx.json', 'utf-8') ?? '{}\n';
  const nxJson = parseObject(text);
  if (!nxJson)
    throw new Error(
      `nx.json is not valid JSON (line ${jsonError(text)?.line ?? 1}). Mend it and run this again.`,
    );
  const { plugins } = nxJson;
  if (plugins !== undefined && !Array.isArray(plugins))
    throw new Error('"plugins" of nx.json is not an array. Mend it and run this again.');
  const isOurs = (entry: unknown) => entry === PLUGIN || (isRecord(entry) && entry['plugin'] === PLUGIN);
  if (plugins?.some(isOurs)) return;

  const chosen = { ...(targetName && { targetName }), ...(buildTarget && { buildTarget }) };
  const entry = Object.keys(chosen).length > 0 ? { plugin: PLUGIN, options: chosen } : { plugin: PLUGIN };
  const path = plugins ? ['plugins', plugins.length] : ['plugins'];
  const value = plugins ? entry : [entry];
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  tree.write(
    'nx.json',
    applyEdits(
      text,
      modify(text, path, value, { formattingOptions, isArrayInsertion: plugins !== undefined }),
    ),
  );
}

function ignoreReports(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '').replace(/\/+$/, ''));
  if (lines.includes(REPORTS)) return;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  tree.write('.gitignore', `${text}${gap}${REPORTS}${eol}`);
}
