import type { FilePath, Place } from './place.js';

/** Something in an ES module of built output that Node, which runs it, refuses; bundlers may take it. */
export type NodeRefusal = {
  readonly place: Place;
  /** Loading an entry file comes to it. */
  readonly certain: boolean;
  /** What leads to it from the package that is judged, where it stands in the output of another one. */
  readonly through?: { readonly place: Place; readonly specifier: string };
} & (
  | {
      /** `extension`: the file is found only by adding one; `folder`: only by looking into a folder. */
      readonly kind: 'extension' | 'folder' | 'json-attribute';
      readonly specifier: string;
      /** What bundlers find. */
      readonly target: FilePath;
    }
  | {
      /** ES module syntax in what is CommonJS by its name, or by a package.json. */
      readonly kind: 'module-syntax';
      /** The package.json that says so. */
      readonly scope?: FilePath;
    }
  | {
      readonly kind: 'wrapper-variable';
      readonly name: string;
      /** What a bundler's stand-in for `require` is asked for. */
      readonly specifier?: string;
    }
);
