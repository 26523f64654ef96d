import type { RequestedName, RequestForm } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import type { Node } from 'oxc-parser';

/**
 * The import and export statements of a module or of an ambient module's block, from the parser's
 * record or from the tree. The start of its specifier identifies a request.
 */
export interface ModuleSyntax {
  readonly requests: readonly StaticRequest[];
  readonly exports: readonly ExportSyntax[];
  /** `import a = b` and `import a = b.c`. */
  readonly aliases?: readonly AliasSyntax[];
}

export interface AliasSyntax {
  readonly local: string;
  readonly root: string;
  readonly member?: string;
}

export interface StaticRequest extends Span {
  readonly specifier: string;
  readonly form: RequestForm & ('import' | 'import-equals' | 'export-from' | 'export-star');
  readonly typeOnly: boolean;
  readonly names: readonly RequestedName[];
  /** Names that the statement binds in this module. */
  readonly bindings: readonly ImportBinding[];
  /** `export * as ns from`: other modules may use the namespace in any way. */
  readonly passesNamespace?: true;
}

/** A name that an import binds; `start`/`end` are the local name's. */
export interface ImportBinding extends Span {
  readonly local: string;
  /** The name in the other module; absent if the whole namespace is bound. */
  readonly imported?: string;
  readonly typeOnly: boolean;
}

export type ExportSyntax =
  | ({
      readonly kind: 'local';
      readonly name: string;
      readonly local?: string;
      readonly typeOnly: boolean;
      /** `export default x` exports the value, as in ECMAScript, not the binding. */
      readonly byValue?: true;
    } & Span)
  | ({
      readonly kind: 'from';
      readonly name: string;
      readonly importName: string;
      readonly specifierStart: number;
      readonly typeOnly: boolean;
    } & Span)
  | ({
      readonly kind: 'namespace';
      readonly name: string;
      readonly specifierStart: number;
      readonly typeOnly: boolean;
    } & Span)
  | ({ readonly kind: 'star'; readonly specifierStart: number; readonly typeOnly: boolean } & Span)
  | ({ readonly kind: 'assignment'; readonly expression: Node } & Span);

/** `import source x from 'x'` binds the module's source, not its exports. */
export const SOURCE_PHASE = /^import\s+source\s+(?!from\s*['"])/;

/** `import type …` and `export type …`, but not a binding of that name (`import type from 'x'`). */
export const STATEMENT_OF_TYPES = /^(?:import|export)\s+type\s*(?:[{*]|(?!from\b)[\p{ID_Start}$_])/u;
