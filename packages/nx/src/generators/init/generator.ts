import type { Tree } from '@nx/devkit';
import { isRecord } from '../../infer/member-manifest';
import { writeCiFiles } from './ci-files';
import { packageManagerOf } from './install-commands';
import { writeJetbrainsFiles } from './jetbrains-files';
import { appendTo, readJsonc } from './json-edits';
import { writeVscodeFiles } from './vscode-files';

export interface InitOptions {
  readonly targetName?: string;
  readonly buildTarget?: string;
  readonly ci?: 'github' | 'gitlab' | 'none';
  readonly editor?: 'vscode' | 'jetbrains' | 'none';
}

const PLUGIN = '@verify-exports/nx';
const REPORTS = '.verify-exports';

/**
 * Registers the plugin in nx.json, adds the folder of the reports to .gitignore, and can write
 * files for a CI service and an editor. It keeps existing settings, comments and formatting. A
 * second run changes nothing.
 *
 * @returns a function that Nx calls after it has written the files; it prints what is left to do
 * @throws Error that names a file that cannot be read
 */
export default async function initGenerator(
  tree: Tree,
  options: InitOptions = {},
): Promise<(() => void) | undefined> {
  const { targetName, buildTarget, base, isNew } = registerPlugin(tree, options);
  ignoreReports(tree);
  const { ci = 'none', editor = 'none' } = options;
  const left = ci === 'none' ? [] : writeCiFiles(tree, ci, { targetName, buildTarget, base });
  if (editor === 'vscode') writeVscodeFiles(tree, targetName);
  if (editor === 'jetbrains') writeJetbrainsFiles(tree, targetName);
  const lines = [...left, ...(isNew ? [nextSteps(tree, targetName)] : [])];
  return lines.length === 0 ? undefined : () => lines.forEach((line) => console.log(line));
}

function nextSteps(tree: Tree, targetName: string): string {
  const { exec } = packageManagerOf(tree);
  return [
    'Run this command to build and check every project:',
    `    ${exec} nx run-many -t ${targetName}`,
    'To accept the findings of today, so that only new ones fail, run this command afterwards:',
    `    ${exec} nx g ${PLUGIN}:baseline`,
  ].join('\n');
}

/** @returns the names of the targets in this workspace, and whether the plugin is new */
function registerPlugin(tree: Tree, { targetName, buildTarget }: InitOptions) {
  const { text, value: nxJson } = readJsonc(tree, 'nx.json');
  const { plugins } = nxJson;
  const isOurs = (entry: unknown) => entry === PLUGIN || (isRecord(entry) && entry['plugin'] === PLUGIN);
  const present: unknown = Array.isArray(plugins) ? plugins.find(isOurs) : undefined;
  const chosen = { ...(targetName && { targetName }), ...(buildTarget && { buildTarget }) };
  if (present === undefined) {
    const entry = Object.keys(chosen).length > 0 ? { plugin: PLUGIN, options: chosen } : { plugin: PLUGIN };
    tree.write('nx.json', appendTo('nx.json', text, { list: 'plugins', value: entry }));
  }
  const stated = isRecord(present) && isRecord(present['options']) ? present['options'] : chosen;
  return {
    targetName: textOf(stated['targetName']) ?? 'verify-exports',
    buildTarget: targetsOf(stated['buildTarget']) ?? 'build',
    base: textOf(nxJson['defaultBase']) ?? 'main',
    isNew: present === undefined,
  };
}

/** The build targets as `nx -t` reads them. */
function targetsOf(value: unknown): string | undefined {
  return Array.isArray(value) ? textOf(value.join(' ')) : textOf(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function ignoreReports(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf-8') ?? '';
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '').replace(/\/+$/, ''));
  if (lines.includes(REPORTS)) return;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  tree.write('.gitignore', `${text}${gap}${REPORTS}${eol}`);
}
