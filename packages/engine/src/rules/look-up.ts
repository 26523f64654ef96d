import type { Demand, EntryFailure, EntryPlace } from '../model/demand.js';
import type { MovedOutput, EntryExplanation } from '../model/explanation.js';
import type { LostName } from '../model/lost-name.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { InvalidTarget, NamedFile, UnsatisfiedRange } from '../model/manifest-faults.js';
import type { FilePath, Place } from '../model/place.js';
import type { SourceDeclaration } from '../model/source-declaration.js';
import type { EntryPoint, Manifest, PathAlias, WorkspacePackage } from '../model/workspace.js';

/** What a rule can find out about the workspace when it has something to report. */
export interface LookUp {
  packageOf(project: string): WorkspacePackage | undefined;
  readonly packages: PackageLookUp;
  readonly explain: ExplanationLookUp;
  readonly fixes: FixLookUp;
}

/** What packages declare, contain and have installed. */
export interface PackageLookUp {
  /** The project whose sources or output contain a file. */
  ownerOf(file: FilePath): string | undefined;
  /** The entry points of a project's package. */
  entryPointsOf(project: string): readonly EntryPoint[];
  /**
   * Whether the dependent's manifest declares the provider, or the root's, which applies to every
   * package.
   */
  declares(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** The manifest of an example or a fixture inside a project, which lists what that one needs. */
  nestedManifest(pkg: WorkspacePackage, file: FilePath): Manifest | undefined;
  /** Whether Node finds the provider from the dependent's folder, declared or not (hoisted). */
  reachable(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /**
   * Whether a package is built and its output imports no other package at run time. Then it
   * contains what its sources import from other packages.
   */
  hasTakenIn(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** Whether the workspace's root declares a package, in any field. */
  rootDeclares(packageName: string): boolean;
  /** Whether Node finds an installed package from a file. */
  isInstalledFor(file: FilePath, packageName: string): boolean;
  /** Whether the output contains the package in a node_modules folder of its own. */
  isShipped(pkg: WorkspacePackage, packageName: string, generated?: Manifest): boolean;
  /**
   * The manifest that the build wrote for the output that contains a file, if there is one beside
   * the source manifest.
   */
  generatedManifest(pkg: WorkspacePackage, file: FilePath): Manifest | undefined;
  /** What is missing of the packages that a manifest written by the build installs by path. */
  missingCopies(manifest: Manifest): readonly NamedFile[];
  /** Another variant of an entry point that exports the name when code runs. */
  variantWith(pkg: WorkspacePackage, entry: EntryPlace, name: string): EntryPlace | undefined;
  /** Other packages of the workspace whose main entry points export the name. */
  otherProvidersOf(name: string, except: WorkspacePackage): readonly string[];
}

/** Where things are written, why an entry point fails, and what would work instead. */
export interface ExplanationLookUp {
  /** Why an entry point does not resolve to a file. */
  entry(failure: EntryFailure, demand: Demand): EntryExplanation;
  /**
   * Under the given conditions: a target that would work, and the one that wins over it and does
   * not.
   */
  shadowed(
    provider: WorkspacePackage,
    subpath: string,
    conditions: readonly string[],
  ): EntryExplanation['shadowed'];
  /** The path alias that matches a specifier in the workspace, and the file that it resolves to. */
  aliasOf(specifier: string): { readonly alias: PathAlias; readonly target: FilePath } | undefined;
  /** The file that the build wrote instead of one that a manifest names. */
  movedOutputOf(
    provider: WorkspacePackage,
    file: FilePath,
    conditions: readonly string[],
  ): MovedOutput | undefined;
  /**
   * Built files that may be meant by a path in a manifest, if no entry point names them; the most
   * similar first.
   */
  filesLike(provider: WorkspacePackage, file: FilePath): readonly FilePath[];
  /** The invalid target at a path in the published manifest. */
  invalidTarget(provider: WorkspacePackage, path: InvalidTarget['path']): InvalidTarget | undefined;
  /** Where the source manifest lists a subpath, if another manifest is published. */
  listedInSource(provider: WorkspacePackage, subpath: string): Place | undefined;
  /** Where a manifest declares a package. */
  declarationIn(manifest: Manifest, packageName: string): Place;
  /** The other package that lost a name which the provider's entry file passes on with `export *`. */
  lostName(demand: Demand, entry: FilePath, phase: 'runtime' | 'types'): LostName | undefined;
  /** Where the provider's sources declare a name. */
  declarationOf(provider: WorkspacePackage, name: string): SourceDeclaration | undefined;
}

/** The edits that fix a breakage, each undefined if there are none to suggest. */
export interface FixLookUp {
  /** Makes a built entry export a name that its sources declare. */
  reexport(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined;
  /** Makes a built entry have a default export. */
  defaultExport(provider: WorkspacePackage, builtFile: FilePath): FixIdea | undefined;
  /** Adds a subpath to `exports`. */
  subpath(provider: WorkspacePackage, subpath: string): FixIdea | undefined;
  /** Makes every module that imports by one specifier import by another. */
  specifier(demands: readonly Demand[], specifier: string): FixIdea;
  /** Makes a manifest name the file that the build wrote. */
  drift(
    provider: WorkspacePackage,
    missing: { readonly file: FilePath; readonly place: Place },
    drift: MovedOutput,
  ): FixIdea;
  /** Corrects the range under which a workspace package is declared. */
  range(dependent: WorkspacePackage, unsatisfied: UnsatisfiedRange): FixIdea | undefined;
  /**
   * Lists paths, relative to the manifest's folder, under `files`. No edits if a build writes the
   * manifest.
   */
  filesField(manifest: Manifest, paths: readonly string[]): FixIdea;
  /** Declares a workspace package that is imported without a declaration. */
  dependency(demands: readonly Demand[], use: Pick<DependencyUse, 'optional'>): FixIdea | undefined;
  /** Declares a package that the output imports, with the range that the workspace uses for it. */
  external(project: string, packageName: string, use: DependencyUse): FixIdea | undefined;
}

/** What the imports of a package show about the field that should declare it. */
export interface DependencyUse {
  /** Only tests, configurations and scripts import it, or the output contains its code. */
  readonly developmentOnly: boolean;
  /** It works without the package: users who need the part that imports it install it themselves. */
  readonly optional: boolean;
}
