import { parse } from 'es-module-lexer';
import type { Export, Import, StaticImport } from 'es-module-lexer';
import type { Language } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import { STATEMENT_OF_TYPES } from '../exports/module-syntax.js';
import type { ExportSyntax, ModuleSyntax, StaticRequest } from '../exports/module-syntax.js';
import { isDeclarationHead, localOfDefault } from './default-export.js';
import { importClause } from './import-clause.js';

/**
 * The import and export statements of an ES module as a lexer finds them, which takes a hundredth of
 * the time of parsing.
 */
export interface LexedModule extends ModuleSyntax {
  readonly text: string;
  readonly imports: readonly StaticImport[];
  /** In the order of the text. */
  readonly lexedExports: readonly Export[];
  readonly metas: readonly Span[];
}

/**
 * Reads the statements of a text that passes as an ES module.
 *
 * The lexer finds the statements of every valid module, but accepts texts that are no modules
 * (https://github.com/guybedford/es-module-lexer#limitations). Callers have to decide which other
 * errors matter.
 *
 * @returns undefined if the text is no ES module, or has anything that only a tree shows
 */
export function lexModule(text: string, language: Language): LexedModule | undefined {
  let lexed: ReturnType<typeof parse>;
  try {
    // The lexer takes a byte order mark for a part of the first word.
    lexed = parse(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  } catch {
    return undefined;
  }
  const [found, exported, , hasModuleSyntax] = lexed;
  if (!hasModuleSyntax) return undefined;
  const imports: StaticImport[] = [];
  const metas: Span[] = [];
  for (const each of found) {
    if (each.type === 'dynamic') return undefined;
    if (each.type === 'import-meta') metas.push(each);
    else if (each.phase !== null) return undefined;
    else imports.push(each);
  }
  const reader = new StatementReader(text, found, language !== 'js');
  const requests = reader.requests(imports, exported);
  const exports = requests && reader.exports(exported);
  if (!requests || !exports || mergesWithImport(requests, exports)) return undefined;
  return { text, requests, exports, imports, lexedExports: exported, metas };
}

/** TypeScript merges an imported type with a value of the same name. */
function mergesWithImport(requests: readonly StaticRequest[], exports: readonly ExportSyntax[]): boolean {
  const imported = new Set(
    requests.flatMap(({ bindings }) =>
      bindings.flatMap((one) => (one.imported === undefined ? [] : one.local)),
    ),
  );
  return exports.some((entry) => entry.kind === 'local' && imported.has(entry.local ?? ''));
}

class StatementReader {
  readonly #text: string;
  readonly #imports: readonly Import[];
  readonly #typed: boolean;
  readonly #requests = new Map<StaticImport, StaticRequest>();

  constructor(text: string, imports: readonly Import[], typed: boolean) {
    this.#text = text;
    this.#imports = imports;
    this.#typed = typed;
  }

  /** The import statements first, then the re-exports, each in the order of the text. */
  requests(statics: readonly StaticImport[], exported: readonly Export[]): StaticRequest[] | undefined {
    const requests = this.#requests;
    for (const statement of statics) {
      if (!this.#isImport(statement)) continue;
      const clause = this.#clauseOf(statement);
      if (!clause) return undefined;
      requests.set(statement, { ...this.#base(statement, 'import'), ...clause });
    }
    for (const entry of exported) {
      if (entry.type === 'direct') continue;
      const statement = this.#imports[entry.importIndex] as StaticImport;
      if (this.#isImport(statement)) continue;
      const star = entry.type === 'reexport-all';
      const base = requests.get(statement) ?? {
        ...this.#base(statement, star ? 'export-star' : 'export-from'),
        names: [],
        bindings: [],
      };
      requests.set(statement, star ? base : withName(base, entry));
    }
    // An empty list of names has no entry.
    return requests.size === statics.length ? [...requests.values()] : undefined;
  }

  exports(exported: readonly Export[]): ExportSyntax[] | undefined {
    const found: ExportSyntax[] = [];
    for (const entry of exported) {
      const syntax = this.#exportSyntax(entry);
      if (!syntax) return undefined;
      found.push(syntax);
    }
    return found.sort((a, b) => a.start - b.start);
  }

  #exportSyntax(entry: Export): ExportSyntax | undefined {
    const span = { start: entry.start, end: entry.end };
    if (entry.type === 'direct') return this.#localExport(entry, span);
    const statement = this.#imports[entry.importIndex] as StaticImport;
    const passedOn = this.#isImport(statement);
    // Only the tree shows whether it is passed on as a type.
    if (this.#typed && passedOn) return undefined;
    const target = { specifierStart: statement.start - 1, typeOnly: entry.typeOnly };
    if (entry.type === 'reexport-all') {
      const end = this.#endOf(statement);
      return end === undefined ? undefined : { kind: 'star', ...target, start: entry.exportStart, end };
    }
    const { name, importName } = entry;
    if (importName !== null) return { kind: 'from', name, importName, ...target, ...span };
    if (!passedOn) return { kind: 'namespace', name, ...target, ...span };
    const namespace = this.#requests.get(statement)?.bindings.find(({ imported }) => imported === undefined);
    return namespace && { kind: 'local', name, local: namespace.local, typeOnly: false, ...span };
  }

  #localExport(entry: Export & { type: 'direct' }, span: Span): ExportSyntax | undefined {
    const { name, localName } = entry;
    const base = { kind: 'local', name, typeOnly: false, ...span } as const;
    const isStatement =
      name === 'default' && /^export\s+default$/.test(this.#text.slice(entry.exportStart, entry.end));
    if (!isStatement) return localName === undefined ? undefined : { ...base, local: localName };
    if (localName === undefined && this.#typed && !isDeclarationHead(this.#text, entry.end)) return undefined;
    const local = localName ?? localOfDefault(this.#text, entry.end);
    if (local === undefined) return undefined;
    return { ...base, ...(local !== null && { local }), byValue: true };
  }

  /** Whether a request is an import statement, and no re-export. */
  #isImport({ importStart }: StaticImport): boolean {
    return this.#text.startsWith('import', importStart);
  }

  #base(statement: StaticImport, form: StaticRequest['form']): Omit<StaticRequest, 'names' | 'bindings'> {
    return {
      specifier: statement.specifier,
      form,
      typeOnly: STATEMENT_OF_TYPES.test(this.#text.slice(statement.importStart, statement.importEnd)),
      start: statement.start - 1,
      end: statement.end + 1,
    };
  }

  #clauseOf({ importStart, start, typeOnly }: StaticImport): ReturnType<typeof importClause> {
    return importClause(this.#text, importStart + 'import'.length, start - 1, typeOnly);
  }

  /** Where a statement ends, its semicolon included. */
  #endOf({ importEnd }: StaticImport): number | undefined {
    AFTER_STATEMENT.lastIndex = importEnd;
    const [after = ''] = AFTER_STATEMENT.exec(this.#text) ?? [];
    if (after.endsWith(';')) return importEnd + after.length;
    // A comment may be before the semicolon.
    return after.endsWith('/') ? undefined : importEnd;
  }
}

const AFTER_STATEMENT = /[\s\uFEFF]*(?:;|\/|$)?/y;

function withName(request: StaticRequest, entry: Export & { type: 'reexport' }): StaticRequest {
  if (entry.importName === null) return { ...request, passesNamespace: true };
  const name = {
    name: entry.importName,
    typeOnly: entry.typeOnly,
    via: 'named' as const,
    start: entry.importNameStart,
    end: entry.importNameEnd,
  };
  return { ...request, names: [...request.names, name] };
}
