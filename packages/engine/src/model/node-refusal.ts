import type { FilePath, Place } from './place.js';

/** Something in an ES module of built output that Node refuses. Bundlers may accept it. */
export type NodeRefusal = {
  readonly place: Place;
  /** Loading an entry file reaches it. */
  readonly certain: boolean;
  /**
   * If it is in another package's output: the import through which the checked package reaches it.
   */
  readonly through?: { readonly place: Place; readonly specifier: string };
  /** Only a wildcard offers the file, and the package has entry points with a name. It may be meant for other runtimes. */
  readonly byWildcard?: true;
} & (
  | {
      /**
       * `extension`: the file is found only by adding one; `folder`: only by looking into a folder.
       */
      readonly kind: 'extension' | 'folder' | 'json-attribute';
      readonly specifier: string;
      /** The file that bundlers find. */
      readonly target: FilePath;
    }
  | {
      /** ES module syntax in a file that is CommonJS by its name, or by a package.json. */
      readonly kind: 'module-syntax';
      /** The package.json that says so. */
      readonly scope?: FilePath;
    }
  | {
      /** CommonJS in a file that is an ES module by its name, or by a package.json: it uses `exports` or similar when it loads. */
      readonly kind: 'commonjs-code';
      readonly name: string;
      /** The package.json that says so. */
      readonly scope?: FilePath;
    }
  | {
      /** ES module syntax in a `.js` file without a `type`: the oldest Node that `engines` allows does not detect it. */
      readonly kind: 'undetected-syntax';
      readonly engines: EnginesRange;
    }
  | {
      /** `require` of an ES module, which the oldest Node that `engines` allows does not load. */
      readonly kind: 'required-module';
      readonly specifier: string;
      readonly target: FilePath;
      readonly engines: EnginesRange;
    }
  | {
      readonly kind: 'wrapper-variable';
      readonly name: string;
      /** What a bundler's replacement for `require` is called with. */
      readonly specifier?: string;
    }
);

/** The versions of Node that a manifest promises to support. */
export interface EnginesRange {
  readonly range: string;
  readonly place: Place;
}
