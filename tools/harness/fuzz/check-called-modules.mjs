import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript6';

/**
 * Asks TypeScript, Node and the engine about every consumer of one workspace. Node runs what TypeScript emits, unless only bundlers read
 * it.
 *
 * @param {(root: string) => import('./open-engine.mjs').EngineResult} checkWithEngine
 * @param {ReturnType<typeof import('./generate-called-modules.mjs').calledModuleWorkspaces>[number]} workspace
 * @returns {{ provider: string; what: string; codes: number[]; error?: string; engine: 'met' | 'unmet' | 'unknown' }[]} without the
 *   consumers that TypeScript refuses for another reason
 */
export function checkCalledModules(checkWithEngine, { name, files, consumers }) {
  const root = mkdtempSync(join(tmpdir(), 'verify-exports-called-'));
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    writeFileSync(join(root, 'package.json'), '{ "private": true, "workspaces": ["packages/*"] }');
    mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
    symlinkSync(join(root, 'packages/provider'), join(root, 'node_modules/@acme/provider'), 'junction');
    const { answers } = checkWithEngine(root);
    const compiled = compile(root, consumers);
    const errors = run(compiled.flatMap(({ emitted }) => emitted ?? []));
    return compiled.flatMap(({ consumer, codes, emitted }) => {
      if (codes.some((code) => REFUSED.has(code))) return [];
      const verdicts = (answers.get(consumer.file) ?? []).map(({ verdict }) => verdict);
      const engine = VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'met';
      const error = emitted === undefined ? undefined : errors[emitted];
      return [{ provider: name, what: consumer.what, codes, engine, ...(error && { error }) }];
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The worst first. */
const VERDICTS = /** @type {const} */ (['unmet', 'unknown', 'met']);

/** `import x = require()` in an ES module, and a required ES module. */
const REFUSED = new Set([1202, 1471, 1479]);

function compile(root, consumers) {
  const bySetting = new Map();
  for (const consumer of consumers) {
    const folder = dirname(dirname(consumer.file));
    bySetting.set(folder, [...(bySetting.get(folder) ?? []), consumer]);
  }
  return [...bySetting].flatMap(([folder, members]) => {
    const { options } = ts.convertCompilerOptionsFromJson(
      {
        ...members[0].options,
        strict: true,
        target: 'es2022',
        lib: ['es2022'],
        types: [],
        ignoreDeprecations: '6.0',
        rootDir: join(root, folder, 'src'),
        outDir: join(root, folder, 'emitted'),
      },
      root,
    );
    const program = ts.createProgram(
      members.map(({ file }) => join(root, file)),
      options,
    );
    program.emit();
    return members.map((consumer) => {
      const source = program.getSourceFile(join(root, consumer.file));
      const codes = [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)];
      const isRun = members[0].options.moduleResolution !== 'bundler';
      const emitted = consumer.file.replace('/src/', '/emitted/').replace(/ts$/, 'js');
      return {
        consumer,
        codes: [...new Set(codes.map(({ code }) => code))],
        ...(isRun && { emitted: join(root, emitted) }),
      };
    });
  });
}

/** The errors with which files end in Node, by file. */
function run(files) {
  const script = `
    const { pathToFileURL } = require('node:url');
    (async () => {
      const errors = {};
      for (const file of ${JSON.stringify(files)})
        await import(pathToFileURL(file)).catch((error) => { errors[file] = String(error); });
      process.stdout.write(JSON.stringify(errors));
    })();`;
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '-e', script], { encoding: 'utf8' });
  return JSON.parse(stdout);
}
