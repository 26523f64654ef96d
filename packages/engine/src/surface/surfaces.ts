import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName, Surface, UnknownFact } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { commonJsBinding } from './commonjs-binding.js';
import { commonJsNames, lexedNames, requestOf } from './commonjs-names.js';
import { DepthGuard } from './depth-guard.js';
import type { Kept } from './depth-guard.js';
import { esmBinding, requiredEsmBinding, starNames } from './esm-linking.js';
import type { LinkHost } from './follow.js';
import { idOfModule, LinkStep } from './link-step.js';
import type { FileKind, FoundNames, Linker, RequiredBy, RequiredFile } from './link-step.js';
import { NameMemo } from './name-memo.js';
import { bindingThrough, ownBinding, ownExport } from './own-exports.js';
import type { NamedExport, Reexport } from './own-exports.js';
import { StarGraph } from './star-graph.js';
import { unparsedFact } from './unparsed-fact.js';
import { IMPORT, REQUIRE, keyOfView } from './view.js';
import type { View } from './view.js';

/** A name on the way of re-exports, and where its result is remembered. */
interface WayPoint {
  readonly settled: Map<string, Kept<Binding>>;
  readonly name: string;
  readonly before: number;
  readonly through?: Reexport;
}

/**
 * The names that files export, by file and view, remembered for a whole run. Linking follows
 * ECMA-262 (ResolveExport, GetExportedNames) for ES modules and TypeScript's rules for
 * declarations. For CommonJS it follows Node's use of cjs-module-lexer if the module is imported,
 * and the assigned names if it is required.
 */
export class Surfaces implements Linker {
  readonly host: LinkHost;
  readonly stars = new StarGraph();
  readonly #surfaces = new Map<string, Kept<Surface>>();
  /** Results that are the same in every walk. */
  readonly #settled = new NameMemo<Kept<Binding>>();
  /** Results of walks that begin at the name, if other walks may have other results for it. */
  readonly #unsettled = new Map<string, Kept<Binding>>();
  readonly #foundNames = new Map<string, Kept<FoundNames>>();
  readonly #required = new Map<FilePath, Map<string, RequiredFile | undefined>>();
  readonly #requiredBy = new Map<FilePath, Map<readonly string[], readonly RequiredBy[]>>();
  readonly #guard = new DepthGuard();

  constructor(host: LinkHost) {
    this.host = host;
  }

  /** What one name resolves to; `unknown` if the module is opaque or does not parse. */
  binding(file: FilePath, name: string, view: View): Binding {
    return this.#guard.level(
      () => this.#binding(file, name, view),
      () => ({ kind: 'unknown', unknownFact: tooDeep(file) }),
    );
  }

  #binding(file: FilePath, name: string, view: View): Binding {
    const settled = this.#settled.of(idOfModule({ file, view }), view);
    const known = settled.get(name);
    if (known) {
      // A walk is one level.
      this.#guard.reach(known.height + 1);
      return known.value;
    }
    return this.#kept(
      this.#unsettled,
      `${keyOfView(view)}\n${file}\n${name}`,
      () => this.resolve(new LinkStep(this, file, view), name),
      () => !settled.has(name),
    );
  }

  isCircle(step: LinkStep, name: string): boolean {
    return step.visited.has(`${step.id}\n${name}`) && !this.#settled.of(step.id, step.view).has(name);
  }

  resolve(step: LinkStep, name: string): Binding {
    return this.#guard.level(
      () => this.#resolve(step, name),
      () => ({ kind: 'unknown', unknownFact: tooDeep(step.file) }),
    );
  }

  /** Follows re-exports by name without recursion, because they may form long chains. */
  #resolve(start: LinkStep, startName: string): Binding {
    const { circles, visited } = start;
    const way: WayPoint[] = [];
    let [step, name] = [start, startName];
    let end: Kept<Binding> | undefined;
    while (!end) {
      const settled = this.#settled.of(step.id, step.view);
      end = settled.get(name);
      if (end) {
        this.#guard.reach(end.height);
        break;
      }
      const before = circles.count;
      const visit = `${step.id}\n${name}`;
      if (visited.has(visit)) {
        circles.count++;
        end = { value: NONE, height: 0 };
        break;
      }
      visited.add(visit);
      const own = this.#guard.measured(() => this.#ownOf(step, name));
      if ('to' in own.value) {
        way.push({ settled, name, before, through: own.value });
        [step, name] = [own.value.to, own.value.entry.importName];
      } else {
        way.push({ settled, name, before });
        end = { value: own.value, height: own.height };
      }
    }
    const { height } = end;
    let { value } = end;
    for (const { settled, name: asked, before, through } of way.toReversed()) {
      if (through) value = bindingThrough(through, value);
      // Then the result does not depend on where the walk began.
      if (circles.count === before) settled.set(asked, { value, height });
    }
    return value;
  }

  #ownOf(step: LinkStep, name: string): Binding | Reexport {
    const kind = this.kindOf(step.file, step.view);
    if (kind.format === 'unreadable') return { kind: 'unknown', unknownFact: kind.unknownFact };
    if (kind.format === 'commonjs') return commonJsBinding(step, name);
    if (kind.format === 'esm' && step.view.mode === 'require') return requiredEsmBinding(step, name);
    const own = ownExport(step.record!, name);
    return own ? ownBinding(step, own) : esmBinding(step, name);
  }

  required(step: LinkStep, specifier: string): RequiredFile | undefined {
    const ofFile = remembered(this.#required, step.file, () => new Map<string, RequiredFile | undefined>());
    return remembered(ofFile, specifier, () => {
      const request = requestOf(step, specifier) ?? { specifier, form: 'require', start: 0, end: 0 };
      const target = this.host.follow(step.file, request, REQUIRE);
      if (target.kind !== 'file') return undefined;
      const { format } = this.kindOf(target.file, REQUIRE);
      return format === 'unreadable' ? undefined : { file: target.file, format };
    });
  }

  requiredBy(step: LinkStep, specifiers: readonly string[]): readonly RequiredBy[] {
    const lists = remembered(
      this.#requiredBy,
      step.file,
      () => new Map<readonly string[], readonly RequiredBy[]>(),
    );
    return remembered(lists, specifiers, () =>
      specifiers.map((specifier) => ({ specifier, required: this.required(step, specifier) })),
    );
  }

  ofOwn(step: LinkStep, entry: NamedExport): Binding {
    const own = ownBinding(step, entry);
    return 'to' in own ? bindingThrough(own, this.resolve(own.to, own.entry.importName)) : own;
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
      () => this.#kept(this.#surfaces, key, () => this.#build(file, view)),
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
    return this.#kept(this.#foundNames, key, make);
  }

  /** A result that was made before counts as deep as it was, so that the order of questions does not matter. */
  #kept<T>(memo: Map<string, Kept<T>>, key: string, make: () => T, isWanted = (): boolean => true): T {
    const known = memo.get(key);
    if (known) {
      this.#guard.reach(known.height);
      return known.value;
    }
    const made = this.#guard.measured(make);
    if (isWanted()) memo.set(key, made);
    return made.value;
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
