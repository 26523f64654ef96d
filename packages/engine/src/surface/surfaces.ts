import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName, Surface, UnknownFact } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { commonJsBinding } from './commonjs-binding.js';
import { commonJsNames, lexedNames } from './commonjs-names.js';
import { DepthGuard } from './depth-guard.js';
import { esmBinding, requiredEsmBinding, starNames } from './esm-linking.js';
import type { LinkHost } from './follow.js';
import { LinkStep } from './link-step.js';
import type { FileKind, FoundNames, Linker } from './link-step.js';
import { unparsedFact } from './unparsed-fact.js';
import { IMPORT, keyOfView } from './view.js';
import type { View } from './view.js';

/**
 * The names that files export, by file and view, remembered for a whole run. Linking follows
 * ECMA-262 (ResolveExport, GetExportedNames) for ES modules and TypeScript's rules for
 * declarations. For CommonJS it follows Node's use of cjs-module-lexer if the module is imported,
 * and the assigned names if it is required.
 */
export class Surfaces implements Linker {
  readonly host: LinkHost;
  readonly #surfaces = new Map<string, Surface>();
  readonly #bindings = new Map<string, Binding>();
  readonly #foundNames = new Map<string, FoundNames>();
  readonly #guard = new DepthGuard();

  constructor(host: LinkHost) {
    this.host = host;
  }

  /** What one name resolves to; `unknown` if the module is opaque or does not parse. */
  binding(file: FilePath, name: string, view: View): Binding {
    const key = `${keyOfView(view)}\n${file}\n${name}`;
    return this.#guard.level(
      () => remembered(this.#bindings, key, () => this.resolve(new LinkStep(this, file, view), name)),
      () => ({ kind: 'unknown', unknownFact: tooDeep(file) }),
    );
  }

  resolve(step: LinkStep, name: string): Binding {
    return this.#guard.level(
      () => this.#resolve(step, name),
      () => ({ kind: 'unknown', unknownFact: tooDeep(step.file) }),
    );
  }

  #resolve(step: LinkStep, name: string): Binding {
    const key = `${step.file}\n${name}`;
    if (step.visited.has(key)) return NONE;
    step.visited.add(key);
    const kind = this.kindOf(step.file, step.view);
    if (kind.format === 'unreadable') return { kind: 'unknown', unknownFact: kind.unknownFact };
    if (kind.format === 'commonjs') return commonJsBinding(step, name);
    if (kind.format === 'esm' && step.view.mode === 'require') return requiredEsmBinding(step, name);
    return esmBinding(step, name);
  }

  /**
   * The names that Node detects in a file when an ES module imports it, `default` left out; undefined if the file is not CommonJS, or
   * if it re-exports what cannot be read.
   */
  detectedByNode(file: FilePath): ReadonlySet<string> | undefined {
    if (this.kindOf(file, IMPORT).format !== 'commonjs') return undefined;
    const { names, unknownFacts } = this.remember(`lexed\n${file}`, () =>
      lexedNames(new LinkStep(this, file, IMPORT)),
    );
    return unknownFacts.length > 0 ? undefined : names;
  }

  names(step: LinkStep): FoundNames {
    return this.deeper(step.file, () => {
      const kind = this.kindOf(step.file, step.view);
      if (kind.format === 'unreadable') return { names: new Set(), unknownFacts: [kind.unknownFact] };
      return kind.format === 'commonjs' ? commonJsNames(step) : starNames(step);
    });
  }

  deeper(file: FilePath, work: () => FoundNames): FoundNames {
    return this.#guard.level(work, () => ({ names: new Set(), unknownFacts: [tooDeep(file)] }));
  }

  /** Everything that a file exports. */
  of(file: FilePath, view: View): Surface {
    const key = `${keyOfView(view)}\n${file}`;
    return this.#guard.level(
      () => remembered(this.#surfaces, key, () => this.#build(file, view)),
      () => ({
        file,
        format: 'asset',
        names: new Map(),
        ambiguous: new Map(),
        unknownFacts: [tooDeep(file)],
      }),
    );
  }

  /** How a file's names are found, or why they cannot be found. */
  kindOf(file: FilePath, view: View): FileKind {
    const record = this.host.record(file);
    const start = { file, start: 0, end: 0 };
    if (!record) {
      const reason = `${file} does not exist`;
      return { format: 'unreadable', unknownFact: { kind: 'unparsed-module', reason, place: start } };
    }
    const unparsed = unparsedFact(file, record);
    if (unparsed) return { format: 'unreadable', unknownFact: unparsed };
    if (record.language === 'asset') {
      const reason = `a loader decides what ${file} exports`;
      return { format: 'unreadable', unknownFact: { kind: 'unknown-format', reason, place: start } };
    }
    if (record.language === 'json') return { format: 'json' };
    if (record.language === 'dts') return { format: 'declarations' };
    if (record.language === 'ts' || record.language === 'tsx') return { format: 'typescript' };
    if (view.phase === 'types') {
      const reason = `${file} has no declarations`;
      return { format: 'unreadable', unknownFact: { kind: 'no-declarations', reason, place: start } };
    }
    // A file with export syntax has no other exports than those, whatever its package says: Node
    // refuses it, bundlers link it.
    return { format: record.hasModuleSyntax ? 'esm' : this.host.formatOf(file, record) };
  }

  remember(key: string, make: () => FoundNames): FoundNames {
    return remembered(this.#foundNames, key, make);
  }

  #build(file: FilePath, view: View): Surface {
    const names = new Map<string, OfferedName>();
    const ambiguous = new Map<
      string,
      Surface['ambiguous'] extends ReadonlyMap<string, infer P> ? P : never
    >();
    const { format } = this.kindOf(file, view);
    const found = this.names(new LinkStep(this, file, view));
    if (format === 'unreadable')
      return { file, format: 'asset', names, ambiguous, unknownFacts: found.unknownFacts };
    for (const name of [...found.names].sort()) {
      const binding = this.binding(file, name, view);
      if (binding.kind === 'found') names.set(name, binding.offered);
      else if (binding.kind === 'ambiguous') ambiguous.set(name, binding.origins);
    }
    return { file, format, names, ambiguous, unknownFacts: found.unknownFacts };
  }
}

/** Modules that re-export each other endlessly (a CommonJS module that copies from an ES module that re-exports it) end here, too. */
function tooDeep(file: FilePath): UnknownFact {
  const reason = `the re-exports of ${file} form a chain or a cycle that is too long to follow`;
  return { kind: 'unresolved-star', reason, place: { file, start: 0, end: 0 } };
}
