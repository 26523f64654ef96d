import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEngine } from './check-workspace.mjs';

/**
 * Applies every edit of a manifest that a finding proposes, without writing it, and checks again with all rules: the projects of the finding, the
 * edited ones and those that declare them. A fix must remove its finding and create no other one. Edits of sources are left out: they cannot change the published output.
 *
 * Each round applies one fix for each manifest. So no two fixes of one package are applied together.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Finding} Finding
 * @typedef {{ code: string; at: string; fix: string; kind: string }} Failure
 * @param {{ root: string; packages: readonly { name: string; folder: string }[]; findings: readonly Finding[] }} options
 * @returns {Promise<{ tried: Record<string, { edits: number; words: number; none: number }>; failures: Failure[] }>}
 */
export async function applyFixes({ root, packages, findings }) {
  const { openRun, verify } = await loadEngine();
  const projects = packages.map(({ name, folder }) => ({ name, root: folder }));
  /** @type {Record<string, { edits: number; words: number; none: number }>} */
  const tried = {};
  /** @type {Failure[]} */
  const failures = [];
  const queues = new Map();
  const manifests = new Map(
    packages.map(({ name, folder }) => {
      const file = `${folder}/package.json`;
      return [name, { file, json: JSON.parse(readFileSync(join(root, file), 'utf8')) }];
    }),
  );
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  for (const finding of findings.filter(({ severity }) => severity !== 'info')) {
    const edits = finding.fix?.edits ?? [];
    const files = [...new Set(edits.map(({ file }) => file))];
    const count = (tried[finding.code] ??= { edits: 0, words: 0, none: 0 });
    if (files.length === 1 && files[0].endsWith('/package.json')) {
      count.edits++;
      queues.set(files[0], [...(queues.get(files[0]) ?? []), finding]);
    } else count[finding.fix ? 'words' : 'none']++;
  }
  for (let round = 0; ; round++) {
    const chosen = [...queues.values()].flatMap((queue) => queue[round] ?? []);
    if (chosen.length === 0) return { tried, failures };
    const overlay = new Map(chosen.map(({ fix }) => [fix.edits[0].file, applied(root, fix.edits)]));
    const run = openRun({ root, projects, overlay });
    const after = [...affectedBy(chosen, manifests)]
      .flatMap((name) => verify({ run, project: name, options: { dependents: false } }).findings)
      .filter(({ severity }) => severity !== 'info');
    const left = new Set(after.map(({ fingerprint }) => fingerprint));
    const fail = ({ code, file, line, fix }, kind) =>
      failures.push({ code, at: `${file}:${line}`, fix: fix.title, kind });
    for (const finding of chosen) {
      if (left.has(finding.fingerprint)) fail(finding, 'the finding stays');
      for (const name of listedTwice(root, finding, overlay)) fail(finding, `"${name}" is listed twice`);
    }
    for (const { code, message, file, fingerprint, affected } of after) {
      if (known.has(fingerprint)) continue;
      // The fix of the package that the new finding is about, or any if it has none.
      const cause = chosen.find(({ affected: { projects } }) => projects.includes(affected.projects[0]));
      fail(cause ?? chosen[0], `a new finding: ${code} ${file}: ${message}`);
    }
  }
}

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** @returns {Set<string>} the projects whose findings the edits can change */
function affectedBy(chosen, manifests) {
  const edited = new Set(chosen.map(({ fix }) => fix.edits[0].file));
  const names = new Set(chosen.flatMap(({ affected }) => affected.projects));
  for (const [name, { file }] of manifests) if (edited.has(file)) names.add(name);
  const providers = [...manifests].filter(([, { file }]) => edited.has(file)).map(([name]) => name);
  for (const [name, { json }] of manifests)
    if (FIELDS.some((field) => providers.some((one) => json[field]?.[one] !== undefined))) names.add(name);
  return names;
}

/** @returns {string} the text of the file that the edits change */
function applied(root, edits) {
  const text = readFileSync(join(root, edits[0].file), 'utf8');
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** Packages that both the dependencies and the devDependencies list since the fix. */
function listedTwice(root, { fix }, overlay) {
  const [{ file }] = fix.edits;
  const twice = ({ dependencies = {}, devDependencies = {} }) =>
    Object.keys(dependencies).filter((name) => name in devDependencies);
  const before = twice(JSON.parse(readFileSync(join(root, file), 'utf8')));
  return twice(JSON.parse(overlay.get(file))).filter((name) => !before.includes(name));
}
