import { posix } from 'node:path';
import ts from 'typescript6';

/**
 * A second implementation of ECMA-262's ResolveExport, independent of the engine, for cases in which an oracle does not follow it. In
 * declarations the first of two conflicting stars wins, as in TypeScript.
 *
 * @typedef {{ kind: 'found' | 'none' | 'ambiguous' | 'unread' | 'undeclared'; namespaceOf?: string; aliasBehindTypeStar?: boolean }} Resolution
 *   `unread`: the path ends at a missing module; `undeclared`: at an `export { x }` of declarations that declare no `x`
 * @param {import('./workspace.mjs').Workspace} workspace
 */
export function linkBySpecification(workspace) {
  const modules = new Map(
    workspace.modules.map(({ path, chunks }) => [path, readModule(path, chunks.join('\n'))]),
  );
  const follow = (from, specifier) => {
    const path = specifier.startsWith('.')
      ? posix.join(posix.dirname(from), specifier)
      : entryOf(workspace, specifier, { declarations: isDeclaration(from) });
    return path !== undefined && isDeclaration(from) ? declaredBeside(path) : path;
  };
  const resolve = (path, name) => resolveExport({ modules, follow }, path, name, new Set());
  return {
    /** The resolution of a probe's name in declarations. @returns {Resolution | undefined} undefined: not modelled */
    declarationOf({ specifier, name, linked }) {
      const entry = entryOf(workspace, specifier, { declarations: true, linked });
      return entry && attempt(() => resolve(entry, name));
    },
    /** Whether the import of a probe is met: every module links, and the name exists. @returns {'met' | 'unmet' | undefined} */
    /** @param {import('./workspace.mjs').Probe} probe */
    verdictOf({ specifier, name, inner, checkedBy, linked }) {
      const declarations = checkedBy !== 'node';
      const entry = entryOf(workspace, specifier, { declarations, linked });
      if (!entry) return undefined;
      return attempt(() => {
        if (!declarations && !links({ modules, follow, resolve }, entry)) return 'unmet';
        if (name === undefined) return 'met';
        const found = resolve(entry, name);
        if (found.kind !== 'found') return 'unmet';
        if (inner === undefined) return 'met';
        if (found.namespaceOf === undefined) return undefined;
        return resolve(found.namespaceOf, inner).kind === 'found' ? 'met' : 'unmet';
      });
    },
  };
}

/** Used instead of a name for a whole module. */
const NAMESPACE = Symbol('namespace');

class NotModelled extends Error {}

function attempt(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotModelled) return undefined;
    throw error;
  }
}

function isDeclaration(path) {
  return /\.d\.[cm]?ts$/.test(path);
}

/** The entry points without a wildcard. */
function entryOf({ manifests }, specifier, { declarations, linked = true }) {
  const manifest = manifests.find(
    ({ json }) => specifier === json.name || specifier.startsWith(`${json.name}/`),
  );
  const subpath = `.${specifier.slice(manifest?.json.name.length)}`;
  const { exports, types, typings, main } = manifest?.json ?? {};
  const isMap = typeof exports === 'object' && Object.keys(exports ?? {}).some((key) => key.startsWith('.'));
  const conditions = new Set([
    ...(declarations ? ['types'] : []),
    'node',
    linked ? 'import' : 'require',
    'default',
  ]);
  const listed = exports && targetOf(isMap ? exports[subpath] : subpath === '.' && exports, conditions);
  const target = exports ? listed : subpath === '.' && ((declarations && (types ?? typings)) || main);
  if (typeof target !== 'string') return undefined;
  const path = posix.join(posix.dirname(manifest.path), target);
  return declarations ? declaredBeside(path) : path;
}

function targetOf(way, conditions) {
  if (typeof way !== 'object' || way === null || Array.isArray(way)) return way;
  for (const [condition, inner] of Object.entries(way)) {
    const target = conditions.has(condition) ? targetOf(inner, conditions) : undefined;
    if (target !== undefined) return target;
  }
  return undefined;
}

function declaredBeside(path) {
  return path.replace(/(?<!\.d)\.([cm]?)[jt]s$/, '.d.$1ts');
}

/** ResolveExport (ECMA-262, 16.2.1.7.2.2). */
function resolveExport(world, path, name, resolveSet) {
  const module = world.modules.get(path);
  if (!module) return { kind: 'unread' };
  if (module.assigned && module.assignedFrom !== undefined && name !== 'default')
    return resolveExport(world, world.follow(path, module.assignedFrom), name, resolveSet);
  if (module.assigned || !module.isEsm) throw new NotModelled();
  const key = `${path}\n${name}`;
  if (resolveSet.has(key)) return { kind: 'none' };
  resolveSet.add(key);
  const own = module.exports.get(name);
  if (own) return ofOwn(world, path, own, resolveSet);
  if (name === 'default') return { kind: 'none' };
  return ofStars(world, { path, stars: module.stars, name }, resolveSet);
}

function ofOwn(world, path, own, resolveSet) {
  if (own.undeclared) return { kind: 'undeclared' };
  const { alias } = own;
  if (own.from === undefined) return { kind: 'found', binding: `${path}\n${own.local}`, alias };
  const target = world.follow(path, own.from);
  if (own.name === NAMESPACE) {
    if (!world.modules.has(target)) return { kind: 'unread' };
    return { kind: 'found', binding: `${target}\n*`, namespaceOf: target, alias };
  }
  return { ...resolveExport(world, target, own.name, resolveSet), alias };
}

function ofStars(world, { path, stars, name }, resolveSet) {
  let first = { kind: 'none' };
  // TypeScript passes over a module that does not exist.
  let unread;
  for (const { from, typeOnly } of stars) {
    if (isDeclaration(path) && first.kind !== 'none') break;
    const target = world.follow(path, from);
    // TypeScript passes on no names of a module with `export =` (TS2498).
    if (isDeclaration(path) && world.modules.get(target)?.assigned) continue;
    const found = resolveExport(world, target, name, resolveSet);
    if (found.kind === 'none') continue;
    if (isDeclaration(path) && found.kind === 'unread') {
      unread = found;
      continue;
    }
    if (found.kind === 'ambiguous') return found;
    const behind = found.aliasBehindTypeStar === true || (typeOnly && found.alias === true);
    if (first.kind === 'none') first = { ...found, aliasBehindTypeStar: behind };
    else if (found.kind !== first.kind || found.binding !== first.binding) return { kind: 'ambiguous' };
  }
  return first.kind === 'none' ? (unread ?? first) : first;
}

/** Whether each loaded module resolves its imports and re-exports (InitializeEnvironment). */
function links({ modules, follow, resolve }, entry) {
  const loaded = new Set([entry]);
  for (const path of loaded) {
    const module = modules.get(path);
    if (!module) return false;
    for (const request of module.requests) {
      const target = follow(path, request);
      if (target !== undefined) loaded.add(target);
    }
  }
  return [...loaded].every((path) =>
    modules
      .get(path)
      .requested.every(
        ({ from, name }) => name === NAMESPACE || resolve(follow(path, from), name).kind === 'found',
      ),
  );
}

function readModule(path, text) {
  const source = ts.createSourceFile(
    path.replace(/\.([cm]?)js$/, '.$1ts'),
    text,
    ts.ScriptTarget.Latest,
    true,
  );
  const imports = new Map();
  const declared = new Set();
  const isEsm =
    isDeclaration(path) ||
    source.statements.some(
      (one) =>
        ts.isImportDeclaration(one) ||
        ts.isExportDeclaration(one) ||
        ts.isExportAssignment(one) ||
        modifiersOf(one).includes(ts.SyntaxKind.ExportKeyword),
    );
  const module = {
    exports: new Map(),
    stars: [],
    requests: [],
    requested: [],
    assigned: false,
    assignedFrom: undefined,
    isEsm,
  };
  const implicit =
    isDeclaration(path) &&
    !source.statements.some((one) => ts.isExportDeclaration(one) || ts.isExportAssignment(one));
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, module, imports);
    else if (ts.isImportEqualsDeclaration(statement)) readImportEquals(statement, module, imports, implicit);
    else if (ts.isExportAssignment(statement)) {
      if (statement.isExportEquals) {
        module.assigned = true;
        // `import x = require('./y'); export = x;` exports what the other module exports.
        const whole = ts.isIdentifier(statement.expression)
          ? imports.get(statement.expression.text)
          : undefined;
        if (whole?.name === NAMESPACE) module.assignedFrom = whole.from;
      } else module.exports.set('default', { local: 'default' });
    } else if (!ts.isExportDeclaration(statement)) {
      const names = namesDeclaredBy(statement);
      for (const name of names) declared.add(name);
      const modifiers = modifiersOf(statement);
      if (modifiers.includes(ts.SyntaxKind.DefaultKeyword))
        module.exports.set('default', { local: 'default' });
      else if (implicit || modifiers.includes(ts.SyntaxKind.ExportKeyword))
        for (const name of names) module.exports.set(name, { local: name });
    }
  }
  for (const statement of source.statements)
    if (ts.isExportDeclaration(statement)) readExport(statement, { module, imports, declared, path });
  return module;
}

/** @param {ts.Node} node @returns {ts.SyntaxKind[]} */
function modifiersOf(node) {
  return ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []).map(({ kind }) => kind) : [];
}

/** @param {any} statement a ts.ImportDeclaration */
function readImport({ moduleSpecifier, importClause }, module, imports) {
  const from = moduleSpecifier.text;
  module.requests.push(from);
  const bind = (local, name) => {
    imports.set(local, { from, name });
    module.requested.push({ from, name });
  };
  if (importClause?.name) bind(importClause.name.text, 'default');
  const bindings = importClause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) bind(bindings.name.text, NAMESPACE);
  else
    for (const { name, propertyName } of bindings?.elements ?? [])
      bind(name.text, (propertyName ?? name).text);
}

/** @param {any} statement a ts.ImportEqualsDeclaration */
function readImportEquals({ name, moduleReference, modifiers }, module, imports, implicit) {
  const exported = implicit || modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  const own = ts.isExternalModuleReference(moduleReference)
    ? {
        from: /** @type {ts.StringLiteral} */ (moduleReference.expression).text,
        name: NAMESPACE,
        alias: true,
      }
    : { local: name.text, alias: true };
  if (exported) module.exports.set(name.text, own);
  imports.set(name.text, own);
}

/** @param {any} statement a ts.ExportDeclaration */
function readExport({ moduleSpecifier, exportClause, isTypeOnly }, { module, imports, declared, path }) {
  const from = moduleSpecifier?.text;
  if (from !== undefined) module.requests.push(from);
  if (!exportClause) module.stars.push({ from, typeOnly: isTypeOnly });
  else if (ts.isNamespaceExport(exportClause))
    module.exports.set(exportClause.name.text, { from, name: NAMESPACE, alias: true });
  else
    for (const element of exportClause.elements) {
      const local = (element.propertyName ?? element.name).text;
      const own =
        from !== undefined
          ? { from, name: local, alias: true }
          : imports.has(local)
            ? { ...imports.get(local), alias: true }
            : { local, alias: true, undeclared: isDeclaration(path) && !declared.has(local) };
      if (from !== undefined) module.requested.push({ from, name: local });
      module.exports.set(element.name.text, own);
    }
}

function namesDeclaredBy(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesBoundBy(name));
  return statement.name && ts.isIdentifier(statement.name) ? [statement.name.text] : [];
}

function namesBoundBy(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (element.name ? namesBoundBy(element.name) : []));
}
