import { readFileSync } from 'node:fs';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { random } from '../../bench/random.mjs';
import { BASE, OPTIONS } from './base-workspace.mjs';
import { mutateData, mutateText } from './mutate-input.mjs';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../packages/engine/report.schema.json'), 'utf8'),
);
const isReport = new Ajv.default({ strict: false }).compile(schema);

/**
 * The input of one seed.
 *
 * @returns {{ files: Map<string, string>; options: unknown }} the changed files, and options or undefined
 */
export function inputOf(seed) {
  const rand = random(seed);
  const files = new Map();
  const paths = [...BASE.keys()];
  for (let count = rand.int(1, 3); count > 0; count--) {
    const path = rand.pick(paths);
    files.set(path, mutated(path, files.get(path) ?? BASE.get(path), rand));
  }
  return {
    files,
    options: rand.chance(0.3) ? mutateData(OPTIONS, rand) : rand.chance(0.3) ? OPTIONS : undefined,
  };
}

function mutated(path, text, rand) {
  if (!/\.(json|map)$/.test(path) || rand.chance(0.4)) return mutateText(text, rand);
  try {
    return JSON.stringify(mutateData(JSON.parse(text), rand), null, rand.pick([0, 2]));
  } catch {
    return mutateText(text, rand);
  }
}

/** A workspace on disk in which one input after the other is checked. */
export class InputChecker {
  constructor(engine) {
    this.engine = engine;
    this.root = mkdtempSync(join(tmpdir(), 'verify-exports-input-'));
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

  /** @returns {string | undefined} what is wrong */
  check({ files, options }) {
    for (const [path, text] of files) this.#write(path, text);
    try {
      return this.#problem(options);
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    } finally {
      for (const path of files.keys()) this.#write(path, BASE.get(path));
    }
  }

  #problem(raw) {
    const {
      openRun,
      normalizeOptions,
      isVerifyError,
      packagesIn,
      verify,
      mergeReports,
      renderReport,
      FORMAT_NAMES,
    } = this.engine;
    let options;
    try {
      options = normalizeOptions(raw);
    } catch (error) {
      if (isVerifyError(error)) return undefined;
      throw error;
    }
    const run = openRun({ root: this.root });
    const reports = packagesIn(run).map(({ project }) => verify({ run, project, options }));
    for (const report of reports) {
      if (!isReport(JSON.parse(JSON.stringify(report))))
        return `invalid report: ${JSON.stringify(isReport.errors?.slice(0, 2))}`;
    }
    const merged = mergeReports(reports);
    for (const format of FORMAT_NAMES) {
      const text = renderReport(format, merged);
      // oxlint-disable-next-line no-control-regex
      if (/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/.test(text))
        return `raw control character in ${format}`;
      if (text.includes('root:x:0:0')) return `text of a file outside the workspace in ${format}`;
    }
    return undefined;
  }

  dispose() {
    rmSync(this.root, { recursive: true, force: true });
  }
}
