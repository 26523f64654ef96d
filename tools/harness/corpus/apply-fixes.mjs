import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEngine } from './check-workspace.mjs';

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Applies every edit that a finding proposes, one finding at a time and without writing it, and checks the affected projects again with all
 * rules. These are the projects of the finding and of the edited files, and all that declare one of them.
 *
 * A fix must remove its finding and create no other one. Edits of sources cannot remove a finding about the published output, so only edits of
 * manifests are tried.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Finding} Finding
 * @param {{ root: string; packages: readonly { name: string; folder: string }[]; findings: readonly Finding[] }} options
 * @returns {Promise<{ tried: Record<string, { edits: number; words: number; none: number }>; failures: { code: string; at: string; fix: string; kind: string }[] }>}
 */
export async function applyFixes({ root, packages, findings }) {
  const { openRun, verify } = await loadEngine();
  const projects = packages.map(({ name, folder }) => ({ name, root: folder }));
  const manifests = new Map(packages.map(({ name, folder }) => [name, readManifest(root, folder)]));
  const findingsOf = (run, names) =>
    names.flatMap((project) => verify({ run, project, options: { dependents: false } }).findings);
  /** @type {Record<string, { edits: number; words: number; none: number }>} */
  const tried = {};
  const failures = [];
  let run = openRun({ root, projects });
  for (const finding of findings.filter(({ severity }) => severity !== 'info')) {
    const { code, fix, fingerprint } = finding;
    const count = (tried[code] ??= { edits: 0, words: 0, none: 0 });
    const edits = fix?.edits ?? [];
    count[!fix ? 'none' : edits.length === 0 ? 'words' : 'edits']++;
    if (edits.length === 0 || !edits.every(({ file }) => file.endsWith('/package.json'))) continue;
    const overlay = new Map(Object.entries(applied(root, edits)));
    const edited = packages.filter(({ folder }) => overlay.has(`${folder}/package.json`));
    const names = new Set([...finding.affected.projects, ...edited.map(({ name }) => name)]);
    for (const [name, manifest] of manifests)
      if (edited.some((pkg) => FIELDS.some((field) => manifest[field]?.[pkg.name] !== undefined)))
        names.add(name);
    const checked = [...names].filter((name) => manifests.has(name));
    const before = new Set(findingsOf(run, checked).map((one) => one.fingerprint));
    const changed = [...overlay.keys()];
    run = openRun({ root, projects, overlay }, { run, changed });
    const after = findingsOf(run, checked).filter(({ severity }) => severity !== 'info');
    run = openRun({ root, projects }, { run, changed });
    const fail = (kind) =>
      failures.push({ code, at: `${finding.file}:${finding.line}`, fix: fix.title, kind });
    if (after.some((one) => one.fingerprint === fingerprint)) fail('the finding stays');
    for (const added of after.filter((one) => !before.has(one.fingerprint)))
      fail(`a new finding: ${added.code} ${added.message}`);
    for (const [file, text] of overlay) {
      const twice = Object.keys(JSON.parse(text).dependencies ?? {}).filter(
        (name) => JSON.parse(text).devDependencies?.[name] !== undefined,
      );
      const already = manifests.get(edited.find(({ folder }) => file.startsWith(`${folder}/`))?.name);
      for (const name of twice)
        if (already?.dependencies?.[name] === undefined) fail(`"${name}" is listed twice in ${file}`);
    }
  }
  return { tried, failures };
}

function readManifest(root, folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** @returns {Record<string, string>} the texts of the edited files */
function applied(root, edits) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return Object.fromEntries(
    files.map((file) => {
      const own = edits.filter((edit) => edit.file === file).toSorted((a, b) => b.start - a.start);
      const text = readFileSync(join(root, file), 'utf8');
      return [
        file,
        own.reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text),
      ];
    }),
  );
}
