import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * A generated workspace as data that can be shrunk: files of independent statements, manifests as JSON, and probes. Each probe is a
 * file with one import.
 *
 * @typedef {{ path: string; chunks: string[] }} ModuleFile
 * @typedef {{ path: string; json: Record<string, unknown> }} ManifestFile
 * @typedef {{
 *   path: string;
 *   text: string;
 *   specifier: string;
 *   name?: string;
 *   inner?: string;
 *   checkedBy: 'node' | 'typescript' | 'both';
 *   mode: 'import' | 'require';
 *   check: 'loads' | 'defined';
 *   form: string;
 *   linked: boolean;
 * }} Probe `inner`: a member of the name's value; `both`: TypeScript decides whether the name is there and whether it is a value, Node whether the value is
 * @typedef {{ flavour: string; seed: number; modules: ModuleFile[]; manifests: ManifestFile[]; probes: Probe[]; opaque?: boolean; linkedByEsm?: boolean; mutant?: string }} Workspace
 * @typedef {{
 *   verdict: 'met' | 'unmet' | 'unclear';
 *   observed?: string;
 *   runtime?: string;
 *   undeclared?: boolean;
 *   circular?: boolean;
 *   holder?: string;
 *   inRequire?: boolean | 'throws';
 *   twins?: Record<string, Truth>;
 * }} Truth what an oracle says about a probe
 */

export const APP = 'packages/app';

/** All files by path. @param {Workspace} workspace @returns {Map<string, string>} */
export function filesOf({ modules, manifests, probes }) {
  /** @type {[string, string][]} */
  const files = [
    ...manifests.map(
      ({ path, json }) => /** @type {[string, string]} */ ([path, `${JSON.stringify(json, null, 2)}\n`]),
    ),
    ...modules.map(
      ({ path, chunks }) =>
        /** @type {[string, string]} */ ([path, chunks.map((chunk) => `${chunk}\n`).join('')]),
    ),
    ...probes.map(({ path, text }) => /** @type {[string, string]} */ ([path, text])),
  ];
  return new Map(files);
}

/** Writes a workspace and links its packages like a package manager. */
export function writeFiles(root, workspace) {
  const files = filesOf(workspace);
  files.set('package.json', '{ "private": true, "workspaces": ["packages/*"] }\n');
  const made = new Set();
  const makeFolder = (folder) => {
    if (made.has(folder)) return;
    made.add(folder);
    mkdirSync(folder, { recursive: true });
  };
  for (const [path, text] of files) {
    const file = join(root, path);
    makeFolder(dirname(file));
    writeFileSync(file, text);
  }
  for (const { path, json } of workspace.manifests) {
    if (!/^packages\/[^/]+\/package\.json$/.test(path) || typeof json.name !== 'string') continue;
    const link = join(root, 'node_modules', json.name);
    makeFolder(dirname(link));
    symlinkSync(relative(dirname(link), join(root, dirname(path))), link, 'junction');
  }
}

/** The workspace in the `-- path --` notation of the engine's cases. */
export function toText(workspace) {
  return [...filesOf(workspace)].map(([path, text]) => `-- ${path} --\n${text}`).join('');
}
