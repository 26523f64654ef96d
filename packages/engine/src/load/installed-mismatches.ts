import type { EntryPlace, EntryResolution, Mode } from '../model/demand.js';
import type { BundleTrace, ExternalReference } from '../model/bundle-trace.js';
import type { InstalledMismatch } from '../model/installed-mismatch.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import { groupBy } from '../collections/group-by.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { Disk } from '../read/disk.js';
import { formatOf } from '../read/package-scope.js';
import type { ConsumerSettings } from '../resolve/entry-outcome.js';
import type { InstalledEntries, InstalledPackage } from '../resolve/installed-entries.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT } from '../surface/view.js';
import { isLoaded, loadedWith } from './link-errors.js';

/** What comparing the output with installed packages needs. */
export interface InstalledView {
  readonly disk: Disk;
  readonly surfaces: Surfaces;
  readonly installed: InstalledEntries;
  /** What the consumers' resolvers are set to. */
  readonly settings: ConsumerSettings;
  record(file: FilePath): ModuleRecord | undefined;
  inside(file: FilePath): boolean;
  /** Whether the workspace resolves a specifier by itself, for instance by an alias. */
  isInstalled(specifier: string, from: FilePath, mode: Mode): boolean;
}

const STATIC: ReadonlySet<ModuleRequest['form']> = new Set(['import', 'export-from', 'export-star']);

/** What tools other than Node may set. If an entry point works under any of these, some tool may be meant to load the output. */
const OTHER_SETTINGS: readonly ConsumerSettings[] = [
  { conditions: ['production'], browser: true },
  { conditions: ['development'], browser: true },
  ...[
    'react-native',
    'worker',
    'workerd',
    'edge-light',
    'deno',
    'bun',
    'electron',
    'react-server',
    'svelte',
    'solid',
  ].map((condition) => ({ conditions: [condition], browser: true })),
];

/**
 * What the built output imports from installed packages that these do not have: entry points that do not resolve, and names that an
 * ES module does not export (ECMA-262 16.2.1.6.2) or that Node does not detect in CommonJS. Packages that are not installed, guarded
 * imports and pages are left out. If nothing says that Node loads the output, the import has to fail under the conditions of bundlers as well.
 *
 * @param onNode the files that Node loads, if nothing else loads the output
 */
export function installedMismatches(
  view: InstalledView,
  { roots, externals }: Pick<BundleTrace, 'roots' | 'externals'>,
  onNode: ReadonlySet<FilePath>,
): InstalledComparison {
  const wanted = externals.filter(isWanted);
  if (wanted.length === 0) return { mismatches: [], unknown: [] };
  const loaded = new Set(
    roots
      .filter(({ kind }) => kind === 'entry-point' || kind === 'command' || kind === 'application')
      .flatMap(({ file }) => loadedWith(view.surfaces, file, (other) => view.inside(other))),
  );
  const unknown: UnknownName[] = [];
  const mismatches = wanted.flatMap((reference) => {
    const { file } = reference.place;
    const record = view.record(file);
    const request = record?.requests.find(({ start }) => start === reference.place.start);
    if (record?.language !== 'js' || !request || request.typeOnly) return [];
    const isModule = formatOf(view.disk, file, record.hasModuleSyntax) === 'esm';
    const certain = loaded.has(file) && isLoaded(record, request);
    const byNode = onNode.has(file) && (isModule || !record.hasModuleSyntax);
    const comparison = new Comparison(view, { file, request, certain, byNode });
    const found = comparison.mismatches();
    unknown.push(...comparison.unknown);
    return found;
  });
  return { mismatches, unknown };
}

/** What imports from installed packages miss, and what could not be checked. */
export interface InstalledComparison {
  readonly mismatches: readonly InstalledMismatch[];
  readonly unknown: readonly UnknownName[];
}

interface UnknownName {
  readonly packageName: string;
  readonly name: string;
  readonly reason: string;
  readonly place: Place;
}

/** One unknown for each package, at the first import. */
export function unknownOfInstalled(unknown: readonly UnknownName[]): readonly UnknownFact[] {
  return [...groupBy(unknown, ({ packageName }) => packageName).values()].map(([first, ...others]) => ({
    kind: 'installed-exports',
    reason: first.reason,
    place: first.place,
    installed: {
      packageName: first.packageName,
      names: [...new Set([first, ...others].map(({ name }) => name))].sort(),
    },
  }));
}

function isWanted({ kind, typesOnly, guarded, root, project }: ExternalReference): boolean {
  return kind === 'module' && !typesOnly && !guarded && root.kind !== 'page' && project === undefined;
}

interface Asked {
  readonly file: FilePath;
  readonly request: ModuleRequest;
  readonly certain: boolean;
  readonly byNode: boolean;
}

/** One request of the output, compared with the installed package. */
class Comparison {
  readonly #view: InstalledView;
  readonly #asked: Asked;
  readonly #mode: Mode;
  readonly unknown: UnknownName[] = [];

  constructor(view: InstalledView, asked: Asked) {
    this.#view = view;
    this.#asked = asked;
    this.#mode = asked.request.form === 'require' ? 'require' : 'import';
  }

  mismatches(): readonly InstalledMismatch[] {
    const { file, request, certain } = this.#asked;
    const { specifier } = request;
    // Loaders of bundlers read the rest of such a specifier.
    if (/[?!]/.test(specifier) || !this.#view.isInstalled(specifier, file, this.#mode)) return [];
    const pkg = this.#view.installed.packageOf(specifier, file);
    if (!pkg) return [];
    const { settings } = this.#view;
    const entry = this.#resolve(settings)!;
    const others = (): readonly EntryResolution[] => (this.#asked.byNode ? [] : this.#others(pkg, entry));
    const common = {
      specifier,
      packageName: pkg.name,
      manifest: pkg.manifest,
      certain,
      ...(pkg.version !== undefined && { version: pkg.version }),
      ...(this.#mode === 'require' && { required: true as const }),
    };
    if (entry.outcome !== 'file') {
      const works =
        others().some(({ outcome }) => outcome === 'file') || (!this.#asked.byNode && isBundled(entry));
      return works ? [] : [{ ...common, kind: 'entry-point', place: placeOf(file, request), entry }];
    }
    return this.#missingNames(pkg.name, entry, others).map((lack) => ({
      ...common,
      kind: 'name',
      entry,
      ...lack,
    }));
  }

  #resolve(settings: ConsumerSettings): EntryResolution | undefined {
    const { file, request } = this.#asked;
    const ask = { ...settings, mode: this.#mode, phase: 'runtime' as const };
    return this.#view.installed.resolve(request.specifier, file, ask);
  }

  /** What the entry point resolves to for other tools, if that differs. */
  #others({ text }: InstalledPackage, entry: EntryResolution): readonly EntryResolution[] {
    const { conditions } = this.#view.settings;
    const mayDiffer = /"(?:browser|module|exports|react-native)"/.test(text);
    if (!mayDiffer) return [];
    const key = fileOf(entry);
    return OTHER_SETTINGS.flatMap((settings) => {
      const other = this.#resolve({ ...settings, conditions: [...conditions, ...settings.conditions] });
      return other && fileOf(other) !== key ? other : [];
    });
  }

  #missingNames(
    packageName: string,
    { file }: EntryPlace,
    others: () => readonly EntryResolution[],
  ): readonly Pick<
    Extract<InstalledMismatch, { kind: 'name' }>,
    'place' | 'name' | 'offers' | 'undetected'
  >[] {
    const { file: from, request, byNode } = this.#asked;
    if (!STATIC.has(request.form)) return [];
    return request.names.flatMap((asked) => {
      if (asked.typeOnly || (asked.via !== 'named' && asked.via !== 'default')) return [];
      const place = placeOf(from, asked);
      const lack = this.#lack(file, asked.name, byNode);
      if (lack === 'unknown') {
        const { reason } = this.#view.surfaces.of(file, IMPORT).unknownFacts[0] ?? {
          reason: 'it cannot be read',
        };
        this.unknown.push({ packageName, name: asked.name, reason, place });
      }
      if (!lack || lack === 'unknown') return [];
      const works = (other: EntryResolution): boolean =>
        other.outcome === 'file' && typeof this.#lack(other.file, asked.name, false) !== 'object';
      return others().some(works) ? [] : [{ place, name: asked.name, ...lack }];
    });
  }

  #lack(
    file: FilePath,
    name: string,
    byNode: boolean,
  ): { readonly offers: readonly string[]; readonly undetected?: true } | 'unknown' | undefined {
    const { surfaces, disk } = this.#view;
    const { format } = surfaces.kindOf(file, IMPORT);
    if (format === 'commonjs') {
      const detected = byNode ? surfaces.detectedByNode(file) : undefined;
      if (byNode && !detected && !OF_EVERY_MODULE.has(name)) return 'unknown';
      if (!detected || detected.has(name) || OF_EVERY_MODULE.has(name)) return undefined;
      return { offers: [...detected, 'default'].sort(), undetected: true };
    }
    const record = surfaces.host.record(file);
    // Node refuses a file whose syntax and format differ. That is another problem.
    if (format !== 'esm' || !record || formatOf(disk, file, record.hasModuleSyntax) !== 'esm')
      return undefined;
    const { kind } = surfaces.binding(file, name, IMPORT);
    if (kind === 'unknown') return 'unknown';
    if (kind !== 'none' && kind !== 'ambiguous') return undefined;
    return { offers: [...surfaces.of(file, IMPORT).names.keys()] };
  }
}

/** Names that Node gives to every CommonJS module. `__esModule` is left out of what the lexer lists by some versions. */
const OF_EVERY_MODULE: ReadonlySet<string> = new Set(['default', 'module.exports', '__esModule']);

function fileOf(entry: EntryResolution): string | undefined {
  return entry.outcome === 'file' ? entry.file : undefined;
}

/** Bundlers add the extension, or look into the folder. */
function isBundled(entry: EntryResolution): boolean {
  return 'bundled' in entry && entry.bundled !== undefined;
}
