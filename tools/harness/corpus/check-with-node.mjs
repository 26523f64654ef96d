import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isLinkError, RESOLUTION_ERRORS } from '../node-errors.mjs';
import { run } from './run.mjs';

/**
 * Runs the import that a finding reports, in its place: a module next to the reported one imports the same name from the same
 * specifier.
 *
 * @typedef {{ outcome: 'fails' | 'holds' | 'unclear'; observed: string }} ProbeResult
 * @param {{ from: string; specifier: string; name?: string; conditions: string[]; mode: 'import' | 'require'; flags?: readonly string[] }} probe `flags`: further options of Node
 * @returns {Promise<ProbeResult>} `unclear`: something else failed first
 */
export async function checkWithNode({ from, specifier, name, conditions, mode, flags = [] }) {
  const file = join(dirname(from), `.probe-${randomUUID()}.${mode === 'import' ? 'mjs' : 'cjs'}`);
  const setting = conditions
    .filter((condition) => !BUILT_IN.has(condition))
    .flatMap((condition) => ['--conditions', condition]);
  writeFileSync(file, mode === 'import' ? importing(specifier, name) : requiring(specifier, name));
  try {
    const { stdout, timedOut } = await run(
      process.execPath,
      [...flags, ...setting, '--input-type=module', '-e', HARNESS, file],
      {
        cwd: tmpdir(),
        seconds: 20,
        mayFail: true,
      },
    );
    const line = stdout.split('\n').find((text) => text.startsWith(MARK));
    if (!line)
      return {
        outcome: 'unclear',
        observed: timedOut ? 'did not end in time' : 'the process ended without output',
      };
    return resultOf(JSON.parse(line.slice(MARK.length)), name);
  } finally {
    rmSync(file, { force: true });
  }
}

/** Conditions that Node sets by itself, and one that only TypeScript sets. */
const BUILT_IN = new Set(['node', 'import', 'require', 'default', 'module-sync', 'node-addons', 'types']);
const MARK = '\u0001probe:';
const HARNESS = `
  import { pathToFileURL } from 'node:url';
  const tell = (value) => { process.stdout.write('\\n${MARK}' + JSON.stringify(value) + '\\n', () => process.exit(0)); };
  import(pathToFileURL(process.argv[1]).href).then(
    (module) => tell({ there: module.default?.there ?? true }),
    (error) => tell({ kind: error?.name, code: error?.code, message: String(error?.message ?? error).slice(0, 400) }),
  );
`;

/** Node links before it evaluates, so only a link error can prevent the evaluation of this module. */
function importing(specifier, name) {
  const from = JSON.stringify(specifier);
  return name === undefined
    ? `import ${from};\n`
    : `import { ${JSON.stringify(name)} as probed } from ${from};\nexport { probed };\n`;
}

function requiring(specifier, name) {
  const load = `require(${JSON.stringify(specifier)})`;
  if (name === undefined) return `${load};\n`;
  return `const loaded = ${load};\nmodule.exports = { there: loaded != null && ${JSON.stringify(name)} in Object(loaded) };\n`;
}

/** @returns {ProbeResult} */
function resultOf({ there, kind, code, message }, name) {
  if (there !== undefined)
    return there
      ? { outcome: 'holds', observed: 'it loads' }
      : { outcome: 'fails', observed: `no property "${name}"` };
  if (RESOLUTION_ERRORS.has(code) || code === 'ERR_REQUIRE_ESM')
    return { outcome: 'fails', observed: `${code}: ${message}` };
  if (isLinkError(kind, message)) return { outcome: 'fails', observed: message };
  // The module was evaluated, so it was linked: the names exist.
  if (name !== undefined && kind !== 'SyntaxError')
    return { outcome: 'holds', observed: `linked, then threw: ${message}` };
  return { outcome: 'unclear', observed: `${kind}: ${message}` };
}
