import type { FilePath, Place } from './place.js';
import type { RequestedName, RequestForm } from './module-record.js';
import type { UnknownFact } from './surface.js';

export type Mode = 'import' | 'require';

/** One thing that a module asks of a workspace package. */
export interface Demand {
  /** The asking module's project. */
  readonly dependent: string;
  /** The place that a person would look at: the name's, or the specifier's. */
  readonly place: Place;
  /** The specifier's place. */
  readonly specifierPlace: Place;
  readonly specifier: string;
  readonly form: RequestForm;
  /** The provider's project. */
  readonly provider: string;
  readonly subpath: string;
  /** The name asked for; absent where it must only load (or, for `url` and kin, resolve). */
  readonly name?: string;
  /** What is read below that name: `['red']` for `Color.red`; absent where the name itself is asked for. */
  readonly member?: readonly string[];
  /** `both`: a plain import in TypeScript, a runtime demand unless the declarations say that the name is only a type. */
  readonly phase: 'runtime' | 'types' | 'both';
  /**
   * How the provider will be asked. `either` where the source does not decide (TypeScript may be emitted as both): such a
   * demand is unmet only if both ways fail; the built output's own demand tells the rest.
   */
  readonly mode: Mode | 'either';
  readonly origin: 'source' | 'output';
  /**
   * Node itself links this import: it stands in a built ES module of a package that uses Node's own modules. Elsewhere a
   * bundler may come in between.
   */
  readonly onNode?: true;
  /** Named in an import or export statement, so that an ES module does not load without it. */
  readonly linked?: true;
  /** See `RequestedName.interop`; absent where a required module's own `default` is read. */
  readonly interop?: RequestedName['interop'];
  /** Failing is provided for (try/catch): a warning at most. */
  readonly soft: boolean;
  /** `import 'x'` in declarations, which needs no name: TypeScript skips it if the module is missing. */
  readonly namesNothing?: true;
  /**
   * A member of a required module that is read and passed on: where only the name is missing, CommonJS goes on with undefined,
   * which is a warning at most.
   */
  readonly plain?: true;
}

/** A demand held against the variant that would serve it. */
export type Answer =
  | { readonly demand: Demand; readonly verdict: 'met' }
  | { readonly demand: Demand; readonly verdict: 'unknown'; readonly unknownFact: UnknownFact }
  | { readonly demand: Demand; readonly verdict: 'unmet'; readonly why: Unmet };

/** Why a demand is not met; each kind belongs to one rule. */
export type Unmet =
  | ({ readonly kind: 'missing-export' } & Served)
  | ({ readonly kind: 'missing-type-export' } & Served)
  /** Offered as a type alone, and used as a value at `used`. */
  | {
      readonly kind: 'type-used-as-value';
      readonly entry: EntryPlace;
      readonly used: Place;
      readonly declared: Place;
    }
  /** Assigned, but not in a way that Node detects (cjs-module-lexer); `assigned` is where. */
  | ({ readonly kind: 'undetectable-cjs-export'; readonly assigned: Place } & Served)
  | MissingMember
  | ({ readonly kind: 'ambiguous-export'; readonly origins: readonly Place[] } & Served)
  | { readonly kind: 'unexported-subpath'; readonly entry: EntryFailure }
  | { readonly kind: 'unresolved-condition'; readonly entry: EntryFailure }
  | { readonly kind: 'entry-file-missing'; readonly entry: EntryFailure }
  /** The provider's own output does not link, so that whatever is asked of it fails. */
  | { readonly kind: 'broken-provider'; readonly errors: readonly LinkError[] }
  /** What the provider loads asks other packages for what they do not have. */
  | { readonly kind: 'broken-dependency'; readonly answers: readonly Answer[] };

/** The name is there, a member that is read of it is not. `offers` are the members that it has. */
export type MissingMember = {
  readonly kind: 'missing-member';
  /** Which view lacks it: the JavaScript, or the declarations. */
  readonly side: 'runtime' | 'types';
  /** Where the name is declared that lacks the member. */
  readonly owner: Place;
  /** The declarations say that it is there. */
  readonly promised: boolean;
  /** `default` is all of `module.exports` here; `inDefault`: what the module exports as `default` does have the member. */
  readonly whole?: { readonly inDefault: boolean };
  /** Where two `export *` have the member from, which do not agree, so that a namespace has it from neither. */
  readonly origins?: readonly Place[];
} & Served;

/** A static import inside a package's built output that Node's linker would reject, or a require of a file that is not there. */
export type LinkError =
  | {
      readonly kind: 'missing-export';
      readonly place: Place;
      readonly name: string;
      readonly specifier: string;
      readonly target: FilePath;
      readonly offers: readonly string[];
    }
  | {
      readonly kind: 'ambiguous-export';
      readonly place: Place;
      readonly name: string;
      readonly specifier: string;
      readonly target: FilePath;
      readonly origins: readonly Place[];
    }
  | {
      readonly kind: 'missing-module';
      readonly place: Place;
      readonly specifier: string;
      /** Where the file would have to be; for a `#name` without a target, the manifest. */
      readonly target: FilePath;
      /** CommonJS: fails when it is reached, not before anything runs. */
      readonly required?: true;
      readonly near: readonly FilePath[];
      /** A `#name`: the manifest whose `imports` does not serve it. */
      readonly unserved?: FilePath;
      /** Only Node goes by that manifest alone; a bundler may know the name. */
      readonly nodeOnly?: true;
    };

/** The variant that the demand leads to. */
export interface Served {
  readonly entry: EntryPlace;
  /** The names that the variant offers. */
  readonly offers: readonly string[];
  /** CommonJS: where the name stands all the same, though its value is undefined. */
  readonly lost?: Place;
}

/** A variant that was reached. */
export interface EntryPlace {
  readonly subpath: string;
  readonly conditions: readonly string[];
  /** As written in the manifest. */
  readonly target: string;
  readonly file: FilePath;
  /** The target's place in the manifest; absent where a default applied (index.js). */
  readonly place?: Place;
}

/** What resolving an entry point comes to. */
export type EntryResolution = ({ readonly outcome: 'file' } & EntryPlace) | EntryFailure;

/** Why an entry point does not lead to a file. */
export type EntryFailure =
  /** The target is not there, or is a directory. `near` lists built files that it may have meant. */
  | ({
      readonly outcome: 'file-missing' | 'directory';
      readonly near: readonly FilePath[];
      /** What bundlers, which add extensions and index files, find all the same. */
      readonly bundled?: FilePath;
    } & EntryPlace)
  /** `exports` does not list the subpath. `offered` lists those it does. */
  | {
      readonly outcome: 'not-listed';
      readonly subpath: string;
      readonly offered: readonly string[];
      readonly place: Place;
    }
  /** `exports` maps the subpath to `null`. */
  | { readonly outcome: 'blocked'; readonly subpath: string; readonly pattern: string; readonly place: Place }
  /** No condition on offer applies. `offered` lists the ways through, outermost condition first. */
  | {
      readonly outcome: 'no-condition';
      readonly subpath: string;
      readonly asked: readonly string[];
      readonly offered: readonly (readonly string[])[];
      readonly place: Place;
    }
  /** A target of a wrong shape (does not start with `./`, leaves the package, a number). */
  | {
      readonly outcome: 'invalid-target';
      readonly subpath: string;
      readonly reason: string;
      /** Keys and indices from the top of the manifest. */
      readonly path: readonly (string | number)[];
      readonly place: Place;
    }
  /** No `exports`, and neither `main` nor an index file (or, for types, nothing that declares them). */
  | { readonly outcome: 'no-entry'; readonly subpath: string; readonly place?: Place };
