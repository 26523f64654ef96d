import { join } from 'node:path';
import ts from 'typescript6';
import { engineInternals } from '../fuzz/open-engine.mjs';

/**
 * Compares the names of every types entry, and whether each is a value, with those that the TypeScript checker
 * finds in the same file.
 *
 * @typedef {{ name: string; subpath: string; file: string; missing: string[]; extra: string[]; kinds: string[]; open?: string }} ComparedTypes
 *   `kinds`: names of another kind, as `name: engine's, checker's`; `open`: the engine says that it may lack names
 * @param {{ root: string; packages: readonly { name: string; folder: string }[]; batch?: number }} options
 * @returns {Promise<ComparedTypes[]>}
 */
export async function compareTypes({ root, packages, batch = 60 }) {
  const { openRun, viewOf } = await engineInternals();
  const run = openRun({ root, projects: packages.map(({ name, folder }) => ({ name, root: folder })) });
  const { surfaces } = viewOf(run, { conditions: [] });
  const entries = packages.flatMap(({ name }) => entriesOf(run, name));
  const sources = new Map();
  const compared = [];
  for (let at = 0; at < entries.length; at += batch) {
    const some = entries.slice(at, at + batch);
    const program = programOf(
      some.map(({ file }) => join(root, file)),
      sources,
    );
    const checker = program.getTypeChecker();
    for (const entry of some) {
      const source = program.getSourceFile(join(root, entry.file));
      const module = source && checker.getSymbolAtLocation(source);
      // An ambient file has no exports of its own.
      if (!module) continue;
      const surface = surfaces.of(entry.file, { phase: 'types', mode: entry.mode });
      compared.push({ ...entry, ...difference(surface, exportsOf(checker, module)) });
    }
  }
  return compared;
}

function entriesOf(run, name) {
  const pkg = run.packageOf(name);
  const seen = new Set();
  return run.entryPointsOf(pkg).flatMap(({ subpath, variants }) =>
    variants.flatMap(({ file, exists, phase, conditions }) => {
      if (phase !== 'types' || !exists || seen.has(file) || !/\.d\.[cm]?ts$/.test(file)) return [];
      seen.add(file);
      return { name, subpath, file, mode: conditions.includes('require') ? 'require' : 'import' };
    }),
  );
}

const OPTIONS = {
  noLib: true,
  types: [],
  skipLibCheck: true,
  strict: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/** Files are parsed once for all programs. */
function programOf(files, sources) {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile } = host;
  host.getSourceFile = (file, options, ...rest) => {
    const format = typeof options === 'object' ? options.impliedNodeFormat : undefined;
    const key = `${format} ${file}`;
    if (!sources.has(key)) sources.set(key, getSourceFile(file, options, ...rest));
    return sources.get(key);
  };
  return ts.createProgram(files, OPTIONS, host);
}

/** @returns {Map<string, 'value' | 'type' | 'both' | 'any' | 'unknown'>} `any`: the kind is unknown to the checker; `unknown`: it does not resolve, or not to an installed file */
function exportsOf(checker, module) {
  const whole = module.exports?.has('export=');
  const symbols = checker.getExportsAndPropertiesOfModule(module);
  const listed = symbols.filter(({ name }) => !(whole && (name === 'default' || name === 'prototype')));
  const isOpaque = byTypeStar(module);
  return new Map(
    listed.map((symbol) => [symbol.name, isOpaque(symbol.name) ? 'any' : kindOf(checker, symbol)]),
  );
}

function kindOf(checker, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (checker.isUnknownSymbol(target)) return 'unknown';
  const value = (target.flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(checker, symbol);
  const type = (target.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)) !== 0;
  return value ? (type ? 'both' : 'value') : 'type';
}

/** Names that an `export type *` may export. The checker does not say which names these are. */
function byTypeStar(module) {
  const stars = module.exports?.get('__export')?.declarations ?? [];
  return (name) => stars.some(({ isTypeOnly: type }) => type) && !module.exports.has(name);
}

/** Whether an alias between an export and its declaration is type-only. */
function isTypeOnly(checker, symbol) {
  for (let at = symbol, seen = new Set(); at && !seen.has(at);) {
    seen.add(at);
    if (at.declarations?.some((declaration) => ts.isTypeOnlyImportOrExportDeclaration(declaration)))
      return true;
    if (!(at.flags & ts.SymbolFlags.Alias)) return false;
    at = checker.getImmediateAliasedSymbol(at);
  }
  return false;
}

function difference({ names, unknownFacts }, real) {
  const whole = (name) => name === 'default' && !real.has('default');
  const isOpen = unknownFacts.length > 0;
  const missing = [...real]
    .filter(([name, kind]) => kind !== 'unknown' && !names.has(name))
    .map(([name]) => name);
  const extra = [...names.keys()].filter((name) => !real.has(name) && !whole(name));
  const kinds = [...names.values()].flatMap(({ name, value }) => {
    const kind = real.get(name);
    if (kind === undefined || kind === 'unknown' || kind === 'any') return [];
    return value === (kind !== 'type') ? [] : [`${name}: ${value ? 'value' : 'type'}, ${kind}`];
  });
  return {
    missing: missing.sort(),
    extra: extra.sort(),
    kinds,
    ...(isOpen && { open: unknownFacts[0].reason }),
  };
}
