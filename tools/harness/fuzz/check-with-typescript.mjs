import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript6';

/**
 * Checks all probes with one TypeScript program. Some names silently resolve to `any`, for example if a declaration file re-exports
 * them from a missing module. Such a name counts as unmet.
 *
 * @param {readonly { file: string; root: string; checkedBy: string }[]} probes
 * @returns {{ verdict: 'met' | 'unmet' | 'unclear'; observed?: string; undeclared?: boolean; circular?: boolean; emitted?: string }[]} in the order of the
 *   probes; `undeclared`: there are no declarations; `circular`: there is a cycle; `emitted`: for probes with `checkedBy: 'both'`, the file that
 *   TypeScript emits for the probe
 */
export function checkWithTypeScript(probes) {
  if (probes.length === 0) return [];
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile } = host;
  host.getSourceFile = (file, language, ...rest) =>
    file === LIBRARY
      ? ts.createSourceFile(file, LIBRARY_TEXT, language)
      : getSourceFile(file, language, ...rest);
  const program = ts.createProgram([LIBRARY, ...probes.map(({ file }) => file)], OPTIONS, host);
  const checker = program.getTypeChecker();
  return probes.map((probe) => {
    const source = program.getSourceFile(probe.file);
    const diagnostics = program.getSemanticDiagnostics(source).filter(({ code }) => !FORMAT_ONLY.has(code));
    const observed = diagnostics.map(messageOf).join('; ');
    const strange = diagnostics.find(({ code }) => !BREAKAGE.has(code));
    if (strange) return { verdict: 'unclear', observed: `${probe.file}: ${observed}` };
    const emitted = () => probe.checkedBy === 'both' && { emitted: emit(program, source, probe) };
    if (diagnostics.length > 0)
      return {
        verdict: 'unmet',
        observed,
        ...(UNDECLARED.test(observed) && { undeclared: true, ...emitted() }),
      };
    if (!isKnown(checker, source)) {
      const circle = program
        .getSourceFiles()
        .some((file) => file.fileName.startsWith(`${probe.root}/`) && isCircular(program, file));
      if (circle)
        return {
          verdict: 'unmet',
          observed: 'Detected cycle: resolves to any',
          circular: true,
          ...emitted(),
        };
      return { verdict: 'unmet', observed: 'resolves to any', undeclared: true, ...emitted() };
    }
    return { verdict: 'met', ...emitted() };
  });
}

const LIBRARY = '/fuzz-library.d.ts';
const LIBRARY_TEXT = `interface Array<T> {} interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {} interface Symbol {}`;
const OPTIONS = {
  noLib: true,
  types: [],
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowJs: false,
};

/** CommonJS needs an attribute to import types of an ES module. Without it the types exist, too. */
const FORMAT_ONLY = new Set([1479, 1541, 1542, 1543]);
/** No module, or no declarations of it. */
const UNDECLARED = /^TS(7016|2307)/;
/** No such name, no such default, no such module, no declarations, no module. */
const BREAKAGE = new Set([
  2305, 2614, 2724, 2307, 1192, 2306, 2497, 2613, 7016, 2616, 2617, 2595, 2596, 2597, 2598, 2694, 2460, 2459,
]);

function messageOf({ code, messageText }) {
  return `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ').replace(/".*?"/g, '"…"')}`;
}

function isKnown(checker, source) {
  const [probe] = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .filter(({ name }) => name === 'probe');
  if (!probe || !(probe.flags & ts.SymbolFlags.Alias)) return true;
  return !checker.isUnknownSymbol(checker.getAliasedSymbol(probe));
}

/** TS2303: "Circular definition of import alias". */
function isCircular(program, file) {
  return program.getSemanticDiagnostics(file).some(({ code }) => code === 2303);
}

/** Outside all packages, so that the engine does not read it. */
function emit(program, source, { root, file }) {
  const emitted = join(root, 'emitted', basename(file).replace(/ts$/, 'js'));
  mkdirSync(dirname(emitted), { recursive: true });
  program.emit(source, (_, text) => writeFileSync(emitted, text));
  return emitted;
}
