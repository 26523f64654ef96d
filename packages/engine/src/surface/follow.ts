import type { ModuleRecord, ModuleRequest, ValueMembers } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Opening } from '../model/surface.js';
import type { ValueName } from '../parse/commonjs/value-members.js';
import type { View } from './view.js';

/** Where a request of a module leads, as linking sees it. */
export type Target =
  | { readonly kind: 'file'; readonly file: FilePath; readonly view: View }
  /** A relative file that is not there. */
  | { readonly kind: 'missing'; readonly near: readonly FilePath[]; readonly unserved?: FilePath }
  /** A workspace package that does not serve the request; its own finding tells why. */
  | { readonly kind: 'refused' }
  /** `unlisted`: the manifest by which Node refuses the request. */
  | { readonly kind: 'unknown'; readonly opening: Opening; readonly unlisted?: FilePath };

/** What linking needs to know of the world outside one record; memoised by the one who provides it. */
export interface LinkHost {
  /** Undefined when there is no such file. */
  record(file: FilePath): ModuleRecord | undefined;
  /** Node's format of a JavaScript file. */
  formatOf(file: FilePath, record: ModuleRecord): 'esm' | 'commonjs';
  /** The members of a value of a JavaScript module; undefined where that is not known at all. */
  valueMembers(file: FilePath, name: ValueName): ValueMembers | undefined;
  follow(
    from: FilePath,
    request: Pick<ModuleRequest, 'specifier' | 'start' | 'end' | 'form'>,
    view: View,
  ): Target;
}
