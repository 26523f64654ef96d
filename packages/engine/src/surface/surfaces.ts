import type { FilePath } from '../model/place.js';
import type { OfferedName, Opening, Surface } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { commonJsBinding } from './commonjs-binding.js';
import { commonJsNames } from './commonjs-names.js';
import { esmBinding, starNames } from './esm-linking.js';
import type { LinkHost } from './follow.js';
import { requiredEsmBinding } from './required-esm.js';
import { unparsedOpening } from './unparsed-opening.js';
import { keyOfView } from './view.js';
import type { View } from './view.js';

/**
 * The names that files offer, by file and view, memoised for a whole run. Linking follows ECMA-262 (ResolveExport,
 * GetExportedNames) for ES modules, Node's use of cjs-module-lexer for CommonJS asked by `import`, the assigned names for
 * CommonJS asked by `require`, and TypeScript's rules for declarations.
 */
export class Surfaces {
  readonly host: LinkHost;
  readonly #surfaces = new Map<string, Surface>();
  readonly #bindings = new Map<string, Binding>();
  readonly #foundNames = new Map<string, FoundNames>();

  constructor(host: LinkHost) {
    this.host = host;
  }

  /** What one name comes to; `unknown` when the module is opaque or does not parse. */
  binding(file: FilePath, name: string, view: View): Binding {
    const key = `${keyOfView(view)}\n${file}\n${name}`;
    const known = this.#bindings.get(key);
    if (known) return known;
    const binding = this.resolve(file, name, view, new Set());
    this.#bindings.set(key, binding);
    return binding;
  }

  /**
   * One step of linking, for the linkers beside this class.
   *
   * @param visited what this resolution has been through, so that cycles end (ResolveExport's resolveSet)
   */
  resolve(file: FilePath, name: string, view: View, visited: Set<string>): Binding {
    const step = `${file}\n${name}`;
    if (visited.has(step)) return NONE;
    visited.add(step);
    const kind = this.kindOf(file, view);
    if (kind.format === 'unreadable') return { kind: 'unknown', opening: kind.opening };
    if (kind.format === 'commonjs') return commonJsBinding(this, file, name, view, visited);
    if (kind.format === 'esm' && view.mode === 'require')
      return requiredEsmBinding(this, file, name, view, visited);
    return esmBinding(this, file, name, view, visited);
  }

  /** Everything that a file offers. */
  of(file: FilePath, view: View): Surface {
    const key = `${keyOfView(view)}\n${file}`;
    const known = this.#surfaces.get(key);
    if (known) return known;
    const surface = this.#build(file, view);
    this.#surfaces.set(key, surface);
    return surface;
  }

  /** All names of a CommonJS module, for the linkers beside this class. */
  commonJsNames(file: FilePath, view: View, visited: Set<FilePath>): FoundNames {
    return commonJsNames(this, file, view, visited);
  }

  /** How a file's names are to be found, or why they cannot be. */
  kindOf(
    file: FilePath,
    view: View,
  ): { readonly format: Surface['format'] } | { readonly format: 'unreadable'; readonly opening: Opening } {
    const record = this.host.record(file);
    const start = { file, start: 0, end: 0 };
    if (!record) {
      const reason = `${file} does not exist`;
      return { format: 'unreadable', opening: { kind: 'unparsed-module', reason, place: start } };
    }
    const unparsed = unparsedOpening(file, record);
    if (unparsed) return { format: 'unreadable', opening: unparsed };
    if (record.language === 'asset') {
      const reason = `a loader decides what ${file} exports`;
      return { format: 'unreadable', opening: { kind: 'unknown-format', reason, place: start } };
    }
    if (record.language === 'json') return { format: 'json' };
    if (record.language === 'dts') return { format: 'declarations' };
    if (record.language === 'ts' || record.language === 'tsx') return { format: 'typescript' };
    if (view.phase === 'types') {
      const reason = `${file} has no declarations`;
      return { format: 'unreadable', opening: { kind: 'no-declarations', reason, place: start } };
    }
    // A file with export syntax has no other exports than those, whatever its package says: Node refuses it, bundlers link it.
    return { format: record.hasModuleSyntax ? 'esm' : this.host.formatOf(file, record) };
  }

  /** Computes something once per key for the linkers beside this class. */
  remember(key: string, make: () => FoundNames): FoundNames {
    const known = this.#foundNames.get(key);
    if (known) return known;
    const made = make();
    this.#foundNames.set(key, made);
    return made;
  }

  #build(file: FilePath, view: View): Surface {
    const names = new Map<string, OfferedName>();
    const ambiguous = new Map<
      string,
      Surface['ambiguous'] extends ReadonlyMap<string, infer P> ? P : never
    >();
    const kind = this.kindOf(file, view);
    if (kind.format === 'unreadable') {
      return { file, format: 'asset', names, ambiguous, openings: [kind.opening] };
    }
    const found =
      kind.format === 'commonjs'
        ? commonJsNames(this, file, view, new Set())
        : starNames(this, file, view, new Set());
    for (const name of [...found.names].sort()) {
      const binding = this.binding(file, name, view);
      if (binding.kind === 'found') names.set(name, binding.offered);
      else if (binding.kind === 'ambiguous') ambiguous.set(name, binding.origins);
    }
    return { file, format: kind.format, names, ambiguous, openings: found.openings };
  }
}

/** Names that a traversal found, and the reasons why there may be more. */
export interface FoundNames {
  readonly names: ReadonlySet<string>;
  readonly openings: readonly Opening[];
}
