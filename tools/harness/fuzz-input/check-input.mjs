import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { random } from '../../bench/random.mjs';
import { BASE, OPTIONS } from './base-workspace.mjs';
import { caseWorkspaces } from './case-workspaces.mjs';
import { CROWDS, crowdWorkspaces } from './crowd-workspaces.mjs';
import { damageDisk, diskDamage, makePipe } from './disk-damage.mjs';
import { mutateData, mutateText } from './mutate-input.mjs';
import { ReadFiles } from './read-files.mjs';

export const ENGINE_PARTS = join(import.meta.dirname, 'engine-parts.mjs');

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../packages/engine/report.schema.json'), 'utf8'),
);
const isReport = new Ajv.default({ strict: false }).compile(schema);

/** Forms of damage to the large workspace, by how often they are tried. */
const WHOLE_KINDS = [
  'workspace',
  'workspace',
  'workspace',
  'workspace',
  'workspace',
  'cache',
  'reports',
  'options',
  'surface',
];

/** Memory is faster than a disk. */
export function fastFolder() {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

/** How many of 100 seeds damage what. The other seeds damage the large workspace. */
const SHARES = { case: 25, crowd: 15, disk: 16, kept: 4, reports: 20, options: 15 };

/**
 * The damaged files of one seed: most of the time several files of a small workspace.
 *
 * @typedef {{ kind: string; files: Map<string, string>; options?: unknown; seed: number; base?: any; damage?: any }} Input `files` are
 *   changed ones, by path; `base` is the number of a small workspace, `damage` what is done to its files on the disk
 * @param {number} seed
 * @param {import('./case-workspaces.mjs').CaseWorkspace[]} cases
 * @returns {Input}
 */
export function inputOf(seed, cases) {
  const rand = random(seed + 2_000_003);
  let share = rand.int(1, 100);
  const kind = Object.keys(SHARES).find((each) => (share -= SHARES[each]) <= 0);
  if (kind === undefined) return wholeInputOf(seed);
  if (kind === 'reports' || kind === 'options') return { kind, files: new Map(), options: undefined, seed };
  // The crowds are behind the cases.
  const [first, last] =
    kind === 'crowd' ? [cases.length - CROWDS, cases.length - 1] : [0, cases.length - CROWDS - 1];
  const base = rand.int(first, last);
  const options = rand.chance(0.1)
    ? mutateData({ ...OPTIONS, ...cases[base].options }, rand)
    : cases[base].options;
  if (kind === 'kept') return { kind, files: new Map(), options: undefined, seed, base };
  const all = [...cases[base].files];
  // A damaged manifest hides other damage.
  /** @param {[string, string]} file */
  const isHiding = ([path]) =>
    /(^|\/)package\.json$|\bindex\.c?js$/.test(path) && !rand.chance(kind === 'crowd' ? 0.1 : 0.3);
  const some = all.filter((file) => !isHiding(file));
  const least = kind === 'crowd' ? Math.ceil(some.length * 0.6) : 1;
  const chosen = rand.some(some, rand.int(least, some.length));
  if (kind === 'disk') {
    const damage = chosen.map((file) => diskDamage(file, rand));
    return { kind, files: new Map(), options, seed, base, damage };
  }
  return {
    kind: 'case',
    files: new Map(chosen.map(([path, text]) => [path, mutated(path, text, rand)])),
    options,
    seed,
    base,
  };
}

/**
 * The input of one seed: damage to the large workspace.
 *
 * @returns {Input}
 */
export function wholeInputOf(seed) {
  const rand = random(seed);
  const kind = rand.pick(WHOLE_KINDS);
  const files = new Map();
  const paths = kind === 'surface' ? SURFACES : [...BASE.keys()];
  const changes = kind === 'workspace' || kind === 'surface' ? rand.int(1, 3) : 0;
  for (let count = changes; count > 0; count--) {
    const path = rand.pick(paths);
    files.set(path, mutated(path, files.get(path) ?? BASE.get(path), rand));
  }
  const options = rand.chance(0.3) ? mutateData(OPTIONS, rand) : rand.chance(0.3) ? OPTIONS : undefined;
  return { kind, files, options, seed };
}

const SURFACES = [
  'packages/lib/exports.surface.txt',
  'packages/lib/package.json',
  'packages/lib/dist/index.js',
];

function mutated(path, text, rand) {
  if (!/\.(json|map)$/.test(path) || rand.chance(0.4)) return mutateText(text, rand);
  try {
    return JSON.stringify(mutateData(JSON.parse(text), rand), null, rand.pick([0, 2]));
  } catch {
    return mutateText(text, rand);
  }
}

/**
 * Workspaces on disk. Each input to the large one is checked by a run that takes over what the run before read, as while
 * watching. The workspaces of cases are so small that fresh runs are fast.
 */
export class InputChecker {
  #run;
  #changed = [];
  /** @type {Map<string, { folder: string; files: Map<string, Buffer>; healthy: string }>} by root */
  #caches = new Map();
  /** @type {Map<number, string>} */
  #caseRoots = new Map();
  #pipe;
  #read;
  /** How many damaged files and options were read, and have a result that was checked. */
  inputs = 0;
  /** @type {import('./case-workspaces.mjs').CaseWorkspace[]} */
  cases = [];

  /** @param {any} engine @param {string} parent the folder for its files */
  constructor(engine, parent = fastFolder()) {
    this.engine = engine;
    this.folder = mkdtempSync(join(parent, 'verify-exports-input-'));
    this.root = join(this.folder, 'whole');
    for (const [path, text] of BASE) this.#write(path, text);
    for (const name of ['lib', 'util']) {
      mkdirSync(join(this.root, 'node_modules/@acme'), { recursive: true });
      symlinkSync(`../../packages/${name}`, join(this.root, 'node_modules/@acme', name), 'junction');
    }
    if (engine.parseCase) {
      const cases = caseWorkspaces(engine.parseCase);
      this.cases = [...cases, ...crowdWorkspaces(cases)];
    }
    if (engine.Disk) this.#read = new ReadFiles(engine.Disk);
    if (process.platform !== 'win32') this.#pipe = makePipe(this.folder);
  }

  #write(path, text) {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  #caseRoot(base) {
    const known = this.#caseRoots.get(base);
    if (known !== undefined) return known;
    const { root } = this.engine.writeWorkspace(this.cases[base].files, this.folder);
    this.#caseRoots.set(base, root);
    return root;
  }

  /** @param {Input} input @returns {string | undefined} what is wrong */
  check(input) {
    try {
      const rand = random(input.seed + 1_000_003);
      if (input.kind === 'cache') return this.#cacheProblem(this.root, rand);
      if (input.kind === 'reports') return this.#reportsProblem(rand);
      if (input.kind === 'options') return this.#optionsProblem(input, rand);
      if (input.kind === 'kept') return this.#cacheProblem(this.#caseRoot(input.base), rand, input.base);
      if (input.kind === 'case') return this.#caseProblem(input, rand);
      if (input.kind === 'disk') return this.#diskProblem(input, rand);
      return this.#workspaceProblem(input);
    } catch (error) {
      this.#run = undefined;
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
  }

  /** Files are damaged in memory only. */
  #workspaceProblem(/** @type {Input} */ { files, options: raw }) {
    const { openRun } = this.engine;
    const options = this.#optionsOf(raw);
    if (options === undefined) return undefined;
    const earlier = this.#run && { run: this.#run, changed: [...this.#changed, ...files.keys()] };
    this.#changed = [...files.keys()];
    this.#read?.start();
    const run = openRun({ root: this.root, overlay: files }, earlier);
    this.#run = run;
    const problem = this.#runProblem(run, options);
    this.#count(files, BASE);
    return problem;
  }

  /** Counts the damaged files that were read. */
  #count(files, healthy) {
    for (const [path, text] of files)
      if (text !== healthy.get(path) && this.#read?.isRead(path)) this.inputs++;
  }

  /** Files of a case are damaged in memory only. @param {Input} input */
  #caseProblem({ files, options: raw, base }, rand) {
    const options = this.#optionsOf(raw);
    if (options === undefined) return undefined;
    const { projects, files: healthy } = this.cases[base];
    const workspace = { root: this.#caseRoot(base), overlay: files, ...(projects && { projects }) };
    this.#read?.start();
    const run = this.engine.openRun(workspace);
    const problem =
      this.#runProblem(run, options) ??
      (rand.chance(0.1) ? this.#answers(workspace, run, options, rand) : undefined);
    this.#count(files, healthy);
    return problem;
  }

  /** A damaged tree on the real disk. @param {Input} input */
  #diskProblem({ damage, options: raw, base }, rand) {
    const options = this.#optionsOf(raw);
    if (options === undefined) return undefined;
    const { engine } = this;
    const { files, projects } = this.cases[base];
    const { root } = engine.writeWorkspace(files, this.folder);
    try {
      for (const one of damage) if (one.what !== 'pipe' || this.#pipe) damageDisk(root, one, this.#pipe);
      const workspace = { root, ...(projects && { projects }) };
      this.#read?.start();
      const fresh = this.#runOrRefusal(workspace);
      if (!fresh) return undefined;
      const problem = this.#runProblem(fresh, options);
      for (const { path } of damage) if (this.#read?.isSeen(path)) this.inputs++;
      if (problem !== undefined || rand.chance(0.7)) return problem;
      const expected = this.#reportsText(fresh, options);
      for (const when of ['first', 'second']) {
        const run = engine.openRun({
          ...workspace,
          cacheFolder: join(root, '.cache-of-reports'),
          keepReports: true,
        });
        if (this.#reportsText(run, options) !== expected)
          return `reports differ with a cache, in the ${when} run`;
        engine.saveCache(run);
      }
      return undefined;
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }

  /** A root that cannot be read is refused by name. */
  #runOrRefusal(workspace) {
    try {
      return this.engine.openRun(workspace);
    } catch (error) {
      if (this.engine.isVerifyError(error)) return undefined;
      throw error;
    }
  }

  #reportsText(run, options) {
    const { packagesIn, verify } = this.engine;
    return JSON.stringify(packagesIn(run).map(({ project }) => verify({ run, project, options })));
  }

  #runProblem(run, options) {
    const { packagesIn, verify, mergeReports } = this.engine;
    const reports = packagesIn(run).map(({ project }) => verify({ run, project, options }));
    for (const report of reports) {
      if (!isReport(JSON.parse(JSON.stringify(report))))
        return `invalid report: ${JSON.stringify(isReport.errors?.slice(0, 2))}`;
    }
    return this.#formatProblem(mergeReports(reports));
  }

  /** What people request besides checks: explanations, lists, fixes. They answer, or refuse by name. */
  #answers(workspace, run, options, rand) {
    const { engine } = this;
    const packages = engine.packagesIn(run);
    if (packages.length === 0) return undefined;
    const { project } = rand.pick(packages);
    const name = rand.pick(['a', 'default', 'missing', '__proto__', undefined]);
    const questions = [
      () =>
        engine.explainExport({
          run,
          project,
          subpath: rand.pick(['.', './x', './__proto__', '']),
          name,
          options,
        }),
      () => engine.affectedBy({ run, project, name }),
      () => engine.componentList({ run, project, options }),
      () => engine.surfaceOf({ run, project, options }),
      () => engine.verifySources(run, project, options),
      () => engine.checkedFilesOf(run, project),
      () =>
        engine.planFixes({
          workspace,
          check: (again) =>
            engine
              .packagesIn(again)
              .map((one) => engine.verify({ run: again, project: one.project, options })),
        }),
    ];
    for (const question of questions) {
      try {
        question();
      } catch (error) {
        if (!engine.isVerifyError(error)) throw error;
      }
    }
    return undefined;
  }

  #optionsOf(raw) {
    try {
      return this.engine.normalizeOptions(raw);
    } catch (error) {
      if (this.engine.isVerifyError(error)) return undefined;
      throw error;
    }
  }

  #formatProblem(merged) {
    const { renderReport, FORMAT_NAMES } = this.engine;
    for (const format of FORMAT_NAMES) {
      const text = renderReport(format, merged);
      // The page contains a script, whose text is always the same.
      const shown = format === 'html' ? text.replaceAll(/<(script|style)>[\s\S]*?<\/\1>/g, '') : text;
      // oxlint-disable-next-line no-control-regex
      if (/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/.test(shown))
        return `raw control character in ${format}`;
      if (shown.includes('root:x:0:0')) return `text of a file outside the workspace in ${format}`;
    }
    return undefined;
  }

  /** Damaged files of the module cache must not change a report. */
  #cacheProblem(root, rand, base) {
    let cache = this.#caches.get(root);
    if (!cache) {
      const folder = join(root, '.cache-of-modules');
      const healthy = this.#cachedReports(root, folder, base);
      const files = new Map(namesIn(folder).map((name) => [name, readFileSync(join(folder, name))]));
      this.#caches.set(root, (cache = { folder, files, healthy }));
    }
    const { folder, files, healthy } = cache;
    for (const name of rand.some([...files.keys()], rand.int(1, 3))) {
      const damaged = mutateBytes(files.get(name), files, rand);
      if (!damaged.equals(files.get(name))) this.inputs++;
      writeFileSync(join(folder, name), damaged);
    }
    const reports = this.#cachedReports(root, folder, base);
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    return reports === healthy ? undefined : 'a damaged cache changes a report';
  }

  #cachedReports(root, cacheFolder, base) {
    const { openRun, saveCache } = this.engine;
    const projects = base === undefined ? undefined : this.cases[base].projects;
    const run = openRun({ root, cacheFolder, ...(projects && { projects }) });
    const reports = this.#reportsText(run);
    saveCache(run);
    return reports;
  }

  /** Damaged reports are refused by name, or read. */
  #reportsProblem(rand) {
    const { openRun, packagesIn, verify, mergeReports, readReports, isVerifyError } = this.engine;
    const root = join(this.root, 'reports');
    if (!existsSync(root)) {
      const run = openRun({ root: this.root });
      this.reports = packagesIn(run).map(({ project, root: at }) => [at, verify({ run, project })]);
    }
    const [at, report] = rand.pick(this.reports);
    const text = rand.chance(0.3)
      ? mutateText(JSON.stringify(report), rand)
      : JSON.stringify(mutateData(report, rand));
    for (const [folder, other] of this.reports) {
      this.#write(`reports/${folder}/package.json`, '{}');
      this.#write(
        `reports/.verify-exports/${folder}/report.json`,
        folder === at ? text : JSON.stringify(other),
      );
    }
    this.inputs++;
    try {
      return this.#formatProblem(mergeReports(readReports(root)));
    } catch (error) {
      if (isVerifyError(error) && error.problem.file?.endsWith('report.json')) return undefined;
      throw error;
    }
  }

  /** The options of tasks, and the file with options. */
  #optionsProblem(/** @type {Input} */ { options }, rand) {
    const { readOptionsFile, isVerifyError } = this.engine;
    this.#optionsOf(mutateData(options ?? OPTIONS, rand));
    const file = { ...OPTIONS, packages: { '@acme/lib': OPTIONS } };
    const text = JSON.stringify(rand.chance(0.5) ? mutateData(file, rand) : file);
    this.#write('verify-exports.json', rand.chance(0.5) ? mutateText(text, rand) : text);
    this.inputs += 2;
    try {
      readOptionsFile(this.root)('@acme/lib');
    } catch (error) {
      if (!isVerifyError(error)) throw error;
    } finally {
      rmSync(join(this.root, 'verify-exports.json'));
    }
    return undefined;
  }

  dispose() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A case without modules keeps nothing. */
function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Bytes of one file, damaged; or those of another file. */
function mutateBytes(bytes, all, rand) {
  if (rand.chance(0.1)) return rand.pick([...all.values()]);
  if (rand.chance(0.1)) return bytes.subarray(0, rand.int(0, bytes.length));
  const copy = Buffer.from(bytes);
  for (let count = rand.int(1, 6); count > 0; count--)
    copy[rand.int(0, Math.max(0, copy.length - 1))] = rand.int(0, 255);
  return rand.chance(0.1) ? Buffer.concat([copy, copy.subarray(0, rand.int(0, 100))]) : copy;
}
