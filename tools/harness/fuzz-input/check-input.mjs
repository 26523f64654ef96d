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
import { mutateData, mutateText } from './mutate-input.mjs';

export const ENGINE_PARTS = join(import.meta.dirname, 'engine-parts.mjs');

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../packages/engine/report.schema.json'), 'utf8'),
);
const isReport = new Ajv.default({ strict: false }).compile(schema);

/** Forms of damage, by how often they are tried. */
const KINDS = [
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

/**
 * The input of one seed.
 *
 * @typedef {{ kind: string; files: Map<string, string>; options: unknown; seed: number }} Input `files` are changed ones, by path
 * @returns {Input}
 */
export function inputOf(seed) {
  const rand = random(seed);
  const kind = rand.pick(KINDS);
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
 * A workspace on disk. Each input is checked by a run that takes over what the run before read, as while watching. That is
 * many times faster than fresh runs.
 */
export class InputChecker {
  #run;
  #changed = [];
  #cacheFiles;
  #healthy;

  constructor(engine) {
    this.engine = engine;
    // Memory is faster than a disk.
    const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    this.root = mkdtempSync(join(base, 'verify-exports-input-'));
    for (const [path, text] of BASE) this.#write(path, text);
    for (const name of ['lib', 'util']) {
      mkdirSync(join(this.root, 'node_modules/@acme'), { recursive: true });
      symlinkSync(`../../packages/${name}`, join(this.root, 'node_modules/@acme', name), 'junction');
    }
  }

  #write(path, text) {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** @param {Input} input @returns {string | undefined} what is wrong */
  check(input) {
    try {
      if (input.kind === 'cache') return this.#cacheProblem(random(input.seed + 1_000_003));
      if (input.kind === 'reports') return this.#reportsProblem(random(input.seed + 1_000_003));
      if (input.kind === 'options') return this.#optionsProblem(input, random(input.seed + 1_000_003));
      return this.#workspaceProblem(input);
    } catch (error) {
      this.#run = undefined;
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
  }

  /** Files are damaged in memory only. */
  #workspaceProblem({ files, options: raw }) {
    const { openRun, packagesIn, verify, mergeReports } = this.engine;
    const options = this.#optionsOf(raw);
    if (options === undefined) return undefined;
    const earlier = this.#run && { run: this.#run, changed: [...this.#changed, ...files.keys()] };
    this.#changed = [...files.keys()];
    const run = openRun({ root: this.root, overlay: files }, earlier);
    this.#run = run;
    const reports = packagesIn(run).map(({ project }) => verify({ run, project, options }));
    for (const report of reports) {
      if (!isReport(JSON.parse(JSON.stringify(report))))
        return `invalid report: ${JSON.stringify(isReport.errors?.slice(0, 2))}`;
    }
    return this.#formatProblem(mergeReports(reports));
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
  #cacheProblem(rand) {
    const folder = join(this.root, '.cache-of-modules');
    if (!this.#cacheFiles) {
      this.#healthy = this.#cachedReports(folder);
      this.#cacheFiles = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
    }
    const names = [...this.#cacheFiles.keys()];
    for (let count = rand.int(1, 3); count > 0; count--) {
      const name = rand.pick(names);
      writeFileSync(join(folder, name), mutateBytes(this.#cacheFiles.get(name), this.#cacheFiles, rand));
    }
    const reports = this.#cachedReports(folder);
    for (const [name, bytes] of this.#cacheFiles) writeFileSync(join(folder, name), bytes);
    return reports === this.#healthy ? undefined : 'a damaged cache changes a report';
  }

  #cachedReports(cacheFolder) {
    const { openRun, packagesIn, verify, saveCache } = this.engine;
    const run = openRun({ root: this.root, cacheFolder });
    const reports = packagesIn(run).map(({ project }) => verify({ run, project }));
    saveCache(run);
    return JSON.stringify(reports);
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
    try {
      return this.#formatProblem(mergeReports(readReports(root)));
    } catch (error) {
      if (isVerifyError(error) && error.problem.file?.endsWith('report.json')) return undefined;
      throw error;
    }
  }

  /** The options of tasks, and the file with options. */
  #optionsProblem({ options }, rand) {
    const { readOptionsFile, isVerifyError } = this.engine;
    this.#optionsOf(mutateData(options ?? OPTIONS, rand));
    const file = { ...OPTIONS, packages: { '@acme/lib': OPTIONS } };
    const text = JSON.stringify(rand.chance(0.5) ? mutateData(file, rand) : file);
    this.#write('verify-exports.json', rand.chance(0.5) ? mutateText(text, rand) : text);
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
    rmSync(this.root, { recursive: true, force: true });
  }
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
