import { rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BREAKS, builtFiles, CLEAN_RUNS, moveAway } from './breaks.mjs';
import { build, BUNDLERS, copyExamples, packagesOf } from './example-workspace.mjs';
import { checkPackage, reported } from './check-package.mjs';
import { bundleEngine, ENGINE } from '../bundle-engine.mjs';
import { declarationsNeeded } from './run-output.mjs';

/** Builds all examples in a new temporary folder. @returns the data of all measurements; `close` removes the folder */
export async function openExamples(bundlers = BUNDLERS) {
  const root = copyExamples();
  await sideBySide(bundlers, async (bundler) => {
    for (const path of packagesOf([bundler])) await build(root, path);
  });
  const engine = await bundleEngine(ENGINE);
  return { root, engine, close: () => rmSync(root, { recursive: true, force: true }) };
}

/** Runs a function for each bundler, on all processors at once. Each bundler has its own folders. */
async function sideBySide(bundlers, work) {
  const pending = [...bundlers];
  const lane = async () => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

/**
 * All measurements of all bundlers.
 *
 * @returns by bundler: `clean`, `breaks` by name, `deletions`
 */
export async function measureAll(examples, bundlers) {
  const results = new Map();
  await sideBySide(bundlers, async (bundler) => {
    const clean = await measureClean(examples, bundler);
    const breaks = new Map();
    for (const broken of BREAKS) breaks.set(broken.name, await measureBreak(examples, bundler, broken));
    results.set(bundler, { clean, breaks, deletions: await measureDeletions(examples, bundler) });
  });
  return new Map(bundlers.map((bundler) => [bundler, results.get(bundler)]));
}

/** An unbroken example: its report, whether it runs in every way, and how long the check takes. */
async function measureClean({ root, engine }, bundler) {
  const example = { root, bundler };
  const findings = ['lib', 'app'].flatMap((part) =>
    reported(checkPackage(engine, root, bundler, part).report),
  );
  const runs = [];
  for (const { name, run } of CLEAN_RUNS) runs.push({ name, ...(await cleanRun(example, run)) });
  return { findings, runs };
}

const cleanRuns = new Map();

/** Runs an unbroken example in every way. */
async function cleanRun(example, run) {
  const known = cleanRuns.get(run) ?? cleanRuns.set(run, new Map()).get(run);
  if (!known.has(example.bundler)) known.set(example.bundler, await run(example));
  return known.get(example.bundler);
}

/** One break: whether the example fails, and which findings are new. */
async function measureBreak({ root, engine }, bundler, broken) {
  const example = { root, bundler };
  const clean = await cleanRun(example, broken.run);
  const undo = await broken.apply(example);
  try {
    const { works, output, error } = await broken.run(example);
    const { report } = checkPackage(engine, root, bundler, broken.part);
    const code = broken.rule(example);
    const found = report.findings.filter(
      (finding) => finding.code === code && broken.at(example).test(finding.file),
    );
    return {
      fails: clean.works && (!works || output !== clean.output),
      error,
      code,
      found: found.length > 0,
      severity: found[0]?.severity,
      extra: reported({
        findings: report.findings.filter((finding) => !found.includes(finding)),
        problems: report.problems,
      }),
    };
  } finally {
    undo();
  }
}

/**
 * Deletes every built file, one at a time: whether the example (or TypeScript, for declarations) needs it, and the findings.
 */
async function measureDeletions({ root, engine }, bundler) {
  const example = { root, bundler };
  const typed = builtFiles(example, 'lib').filter((file) => file.endsWith('.d.ts'));
  const declarations = new Set(await declarationsNeeded(bundler, root, typed));
  const deletions = [];
  for (const part of ['lib', 'app']) {
    const [{ run }] = CLEAN_RUNS.filter((each) => each.part === part);
    const clean = await cleanRun(example, run);
    for (const file of builtFiles(example, part)) {
      const putBack = moveAway(join(root, file));
      try {
        const { report } = checkPackage(engine, root, bundler, part);
        const needed = file.endsWith('.d.ts') ? declarations.has(file) : await fails(run, example, clean);
        const isPage = file.endsWith('/index.html');
        deletions.push({ file, needed, isPage, findings: report.findings, reported: reported(report) });
      } finally {
        putBack();
      }
    }
  }
  return deletions;
}

async function fails(run, example, clean) {
  const { works, output } = await run(example);
  return !works || output !== clean.output;
}

/**
 * Milliseconds to check library and application, each in a new run, per megabyte of output. The best of five. Nothing else may run
 * at the same time.
 */
export function measureTime({ root, engine }, bundler) {
  const bytes = ['lib', 'app']
    .flatMap((part) => builtFiles({ root, bundler }, part))
    .reduce((total, file) => total + statSync(join(root, file)).size, 0);
  const best = (part) =>
    Math.min(...Array.from({ length: 5 }, () => checkPackage(engine, root, bundler, part).milliseconds));
  const milliseconds = best('lib') + best('app');
  return { bytes, milliseconds, perMegabyte: milliseconds / (bytes / 1e6) };
}

export { BREAKS, BUNDLERS };
