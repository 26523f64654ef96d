import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mergeFindings, openRun, planFixes, verify, verifySources } from '@verify-exports/engine';
import { random as seeded } from '../../bench/random.mjs';
import { breakPackages, breaksOfPackages, generatePackages, renderPackages } from './generate-packages.mjs';

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Breaks the manifests of `count` healthy workspaces, and applies every proposed fix alone, all fixes together, and
 * the fixes that need no build. After each, all rules run again and the graph of dependencies is checked for cycles.
 *
 * @returns {{ tried: Record<string, { edits: number; words: number }>; failures: any[] }}
 */
export function measurePackageFixes({ count, seed }) {
  const random = seeded(seed);
  /** @type {Record<string, { edits: number; words: number }>} */
  const tried = {};
  const failures = [];
  for (let index = 0; index < count; index++) {
    const packages = generatePackages(random);
    const breaks = breaksOfPackages(packages);
    if (breaks.length === 0) continue;
    const broken = random.pick(breaks);
    // A second break shows fixes that do harm only together.
    const both = random.chance(1 / 3) ? [broken, random.pick(breaks)] : [broken];
    const after = both.reduce(
      (before, each) => (hasBreak(before, packages, each) ? before : breakPackages(before, each)),
      packages,
    );
    for (const failure of tryFixes(packages, after, tried))
      failures.push({ index, broken: both, ...failure });
  }
  return { tried, failures };
}

/** Whether an earlier break has changed the same import. */
function hasBreak(now, packages, { dependent, provider }) {
  const importOf = (all) =>
    all.find(({ name }) => name === dependent).imports.find(({ name }) => name === provider);
  return importOf(now) !== importOf(packages);
}

function tryFixes(healthy, broken, tried) {
  const names = healthy.map(({ name }) => `@acme/${name}`);
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'verify-exports-manifests-'));
  try {
    write(root, renderPackages(healthy));
    const sane = findingsIn(root, names);
    if (sane.length > 0) throw new Error(`not healthy: ${JSON.stringify([healthy, sane], null, 1)}`);
    const files = renderPackages(broken);
    write(root, files);
    const before = findingsIn(root, names);
    const failures = [];
    for (const { fingerprint, code, fix } of before) {
      const rate = (tried[code] ??= { edits: 0, words: 0 });
      rate[fix && fix.edits.length > 0 ? 'edits' : 'words']++;
      if (!fix || fix.edits.length === 0) continue;
      for (const { file, text } of applied(root, fix.edits)) writeFileSync(join(root, file), text);
      const after = findingsIn(root, names);
      const known = new Set(before.map((finding) => finding.fingerprint));
      const added = after.filter((finding) => !known.has(finding.fingerprint));
      if (after.some((finding) => finding.fingerprint === fingerprint))
        failures.push({ kind: 'still found', code, fix });
      if (added.length > 0) failures.push({ kind: 'new finding', code, fix, added });
      failures.push(...harm(root, broken, 'one fix').map((kind) => ({ kind, code, fix })));
      write(root, files);
    }
    const ways = {
      'all fixes': (run) => names.map((project) => verify({ run, project })),
      sync: (run) => names.map((project) => ({ findings: verifySources(run, project), problems: [] })),
    };
    for (const [way, check] of Object.entries(ways)) {
      for (const { file, after } of planFixes({ workspace: { root }, check }).files)
        writeFileSync(join(root, file), after);
      failures.push(...harm(root, broken, way).map((kind) => ({ kind })));
      write(root, files);
    }
    return failures;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** What a fix must never do, whatever it removes. */
function harm(root, packages, way) {
  const manifests = packages.map((pkg) => ({
    pkg,
    json: JSON.parse(readFileSync(join(root, `packages/${pkg.name}/package.json`), 'utf8')),
  }));
  const found = [];
  if (hasCycle(manifests)) found.push(`${way}: a cycle of dependencies`);
  for (const { pkg, json } of manifests) {
    for (const { name, use } of pkg.imports) {
      const fields = FIELDS.filter((field) => json[field]?.[`@acme/${name}`] !== undefined);
      const installs = fields.includes('dependencies');
      if (installs && fields.length > 1) found.push(`${way}: ${pkg.name} lists ${name} twice`);
      if (installs && (use === 'test' || use === 'config'))
        found.push(`${way}: installing ${pkg.name} installs ${name}, which only a ${use} imports`);
    }
  }
  return found;
}

function hasCycle(manifests) {
  const targets = new Map(
    manifests.map(({ json }) => [json.name, FIELDS.flatMap((field) => Object.keys(json[field] ?? {}))]),
  );
  const done = new Set();
  const visit = (name, way) =>
    way.includes(name) ||
    (!done.has(name) && (targets.get(name) ?? []).some((next) => visit(next, [...way, name]))) ||
    (done.add(name), false);
  return [...targets.keys()].some((name) => visit(name, []));
}

function applied(root, edits) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.map((file) => {
    const own = edits.filter((edit) => edit.file === file).toSorted((a, b) => b.start - a.start);
    const text = readFileSync(join(root, file), 'utf8');
    return {
      file,
      text: own.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text),
    };
  });
}

function findingsIn(root, names) {
  const run = openRun({ root });
  const reports = names.map((project) => verify({ run, project }));
  return mergeFindings(reports).filter(({ severity }) => severity !== 'info');
}

function write(root, files) {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    const [, folder] = /^(packages\/p\d+)\/package\.json$/.exec(file) ?? [];
    if (folder === undefined) continue;
    const link = join(root, 'node_modules/@acme', folder.slice('packages/'.length));
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join(root, folder), link);
  }
}
