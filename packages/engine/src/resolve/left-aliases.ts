import { isBuiltin } from 'node:module';
import { remembered } from '../collections/remembered.js';
import type { LeftAlias } from '../model/left-alias.js';
import type { FilePath, Place } from '../model/place.js';
import type { Manifest, PathAlias, Workspace, WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { readProjectAliases } from '../read/read-project-aliases.js';
import { builtCounterpart } from './built-counterpart.js';
import { isDeclarationFile } from './declaration-files.js';
import { opaqueReason } from './opaque-specifier.js';
import type { PackageOwners } from './package-owners.js';
import { typesPackageOf } from './installed-types.js';
import { matchAlias, packageNameIn } from './path-alias.js';
import { aliasTarget } from './resolve-alias.js';

/**
 * Recognises path aliases in built output. TypeScript and bundlers replace none of them on their own, and neither Node nor a
 * consumer's TypeScript knows them.
 */
export class LeftAliases {
  readonly #disk: Disk;
  readonly #workspace: Workspace;
  readonly #owners: PackageOwners;
  readonly #known = new Map<string, LeftAlias | undefined>();

  constructor(disk: Disk, workspace: Workspace, owners: PackageOwners) {
    this.#disk = disk;
    this.#workspace = workspace;
    this.#owners = owners;
  }

  /** Undefined for specifiers that resolve to something else: installed or declared packages, files, modules of a platform. */
  of(specifier: string, from: FilePath): LeftAlias | undefined {
    if (/^[./\\]|^[a-z][a-z\d+.-]+:|[!?\0]|^$/i.test(specifier) || isBuiltin(specifier)) return undefined;
    const language = languageOf(from);
    if (language !== 'js' && language !== 'dts') return undefined;
    const owner = this.#owners.of(from);
    if (!owner || !this.#isBuilt(owner, from)) return undefined;
    const folder = folderOf(from) ?? '.';
    const key = [owner.project, folder, language, specifier].join('\n');
    return remembered(this.#known, key, () => this.#find(specifier, folder, language, owner));
  }

  /** Without known outputs, everything that the entry points reach may be output. */
  #isBuilt({ outputs, root }: WorkspacePackage, file: FilePath): boolean {
    const inside = outputs.filter((output) => !isWithin(output, root));
    return inside.length === 0 || inside.some((output) => isWithin(output, file));
  }

  #find(
    specifier: string,
    folder: FilePath,
    language: 'js' | 'dts',
    owner: WorkspacePackage,
  ): LeftAlias | undefined {
    const mayBePackage = !specifier.startsWith('#') && opaqueReason(specifier) === undefined;
    if (mayBePackage && this.#isPackage(packageNameIn(specifier), folder, owner)) return undefined;
    const found = this.#byPaths(specifier, owner) ?? this.#byBase(specifier, owner);
    if (!found) return undefined;
    // Such an alias only gives types to a module that something else provides at run time.
    if (language === 'js' && isDeclarationFile(found.source)) return undefined;
    // Frameworks generate such a folder in each project that uses them (`.nuxt`, `.svelte-kit`).
    if (/(?:^|\/)\.[^./]/.test(found.source)) return undefined;
    const provider = this.#owners.of(found.source);
    if (!provider) return found;
    const phase = language === 'js' ? 'runtime' : 'types';
    const { file, exists } = builtCounterpart(this.#disk, provider, found.source, phase);
    return exists && file !== found.source ? { ...found, built: file } : found;
  }

  #isPackage(name: string, folder: FilePath, owner: WorkspacePackage): boolean {
    const manifests = [owner.published, owner.source, this.#workspace.rootManifest];
    return (
      this.#workspace.packages.some((pkg) => pkg.name === name) ||
      manifests.some((manifest) => declares(manifest, name)) ||
      nearestInstalled(this.#disk, folder, name) !== undefined ||
      nearestInstalled(this.#disk, folder, typesPackageOf(name)) !== undefined
    );
  }

  #byPaths(specifier: string, owner: WorkspacePackage): LeftAlias | undefined {
    const { aliases } = readProjectAliases(this.#disk, owner.root);
    const own = this.#matched(specifier, aliases);
    const shared = this.#matched(specifier, this.#workspace.pathAliases);
    const isShared = shared !== undefined && (own === undefined || own.place?.file === shared.place?.file);
    return isShared ? { ...shared, shared: true } : own;
  }

  #matched(specifier: string, aliases: readonly PathAlias[]): LeftAlias | undefined {
    const match = matchAlias(aliases, specifier);
    const source = match && aliasTarget(this.#disk, { ...match, exact: false });
    if (!match || source === undefined) return undefined;
    const { pattern, place } = match.alias;
    return { source, by: 'paths', pattern, place };
  }

  #byBase(specifier: string, owner: WorkspacePackage): LeftAlias | undefined {
    const { bases } = readProjectAliases(this.#disk, owner.root);
    const folders: readonly { readonly folder: FilePath; readonly place?: Place }[] = [
      ...bases,
      ...(specifier.includes('/') ? [{ folder: owner.root }, { folder: '.' }] : []),
    ];
    for (const { folder, place } of folders) {
      const path = joinPath(folder, specifier);
      const source = aliasTarget(this.#disk, {
        alias: { pattern: '', targets: [], place: NOWHERE },
        exact: false,
        targets: [path],
      });
      if (source === undefined) continue;
      return { source, by: place ? 'baseUrl' : 'folder', pattern: folder, ...(place && { place }) };
    }
    return undefined;
  }
}

const NOWHERE: Place = { file: '.', start: 0, end: 0 };

function declares(manifest: Manifest | undefined, name: string): boolean {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest?.json ?? {};
  return [dependencies, devDependencies, peerDependencies, optionalDependencies].some(
    (field) => typeof field === 'object' && field !== null && Object.hasOwn(field, name),
  );
}
