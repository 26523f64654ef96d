import type { AddedNames } from '../model/commonjs-facts.js';
import type { LeftAlias } from '../model/left-alias.js';
import type { ModuleRecord, ModuleRequest, ValueMembers } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { ValueName } from '../parse/commonjs/value-members.js';
import type { View } from './view.js';

/** What a request of a module resolves to, for linking. */
export type Target =
  | { readonly kind: 'file'; readonly file: FilePath; readonly view: View }
  /** A relative file that does not exist. */
  | {
      readonly kind: 'missing';
      readonly target: FilePath;
      readonly near: readonly FilePath[];
      readonly unserved?: FilePath;
      /** Only TypeScript under node16 or later does not find it, because the path has no extension. */
      readonly extensionless?: true;
      /** It is a path alias that the compiler left in declarations. */
      readonly alias?: LeftAlias;
    }
  /** A workspace package without an entry point for the request. Another finding says why. */
  | { readonly kind: 'refused' }
  /**
   * `unlisted`: the manifest that makes Node reject the request; `forBundlers`: it lists the name for
   * bundlers.
   */
  | {
      readonly kind: 'unknown';
      readonly unknownFact: UnknownFact;
      readonly unlisted?: FilePath;
      readonly forBundlers?: true;
    };

/** What linking needs to know beyond one record. Implementations remember their results. */
export interface LinkHost {
  /** The path alias that a specifier in built output is, if it resolves to nothing else. */
  leftAlias(file: FilePath, specifier: string): LeftAlias | undefined;
  /** Undefined if there is no such file. */
  record(file: FilePath): ModuleRecord | undefined;
  /** Node's format of a JavaScript file. */
  formatOf(file: FilePath, record: ModuleRecord): 'esm' | 'commonjs';
  /** The members of a value of a JavaScript module; undefined if nothing is known about it. */
  valueMembers(file: FilePath, name: ValueName): ValueMembers | undefined;
  /** The names that a module sets on the exports of other modules. */
  addedNames(file: FilePath): readonly AddedNames[];
  follow(
    from: FilePath,
    request: Pick<ModuleRequest, 'specifier' | 'start' | 'end' | 'form' | 'base'>,
    view: View,
  ): Target;
}
