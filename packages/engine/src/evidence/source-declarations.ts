import type { FilePath, Place } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import type { SourceDeclaration } from '../rules/define-rule.js';
import { placeOf } from '../surface/follow.js';

/** A declaration and what writing a re-export of it needs to know. */
export interface FoundDeclaration extends SourceDeclaration {
  readonly file: FilePath;
}

/**
 * Finds where a package's sources declare a top-level name. Exported declarations come before private ones, values before
 * types, code before tests; among equals the first file wins. Reads only files whose text holds the name.
 */
export class SourceDeclarations {
  readonly #disk: Disk;
  readonly #modules: ModuleStore;
  readonly #sourcesOf: (pkg: WorkspacePackage) => readonly FilePath[];
  readonly #found = new Map<string, FoundDeclaration | undefined>();

  constructor(disk: Disk, modules: ModuleStore, sourcesOf: (pkg: WorkspacePackage) => readonly FilePath[]) {
    this.#disk = disk;
    this.#modules = modules;
    this.#sourcesOf = sourcesOf;
  }

  find(pkg: WorkspacePackage, name: string): FoundDeclaration | undefined {
    const key = `${pkg.project}\n${name}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#search(pkg, name));
    return this.#found.get(key);
  }

  #search(pkg: WorkspacePackage, name: string): FoundDeclaration | undefined {
    let best: FoundDeclaration | undefined;
    for (const file of this.#sourcesOf(pkg)) {
      const text = this.#disk.readText(file);
      if (!text?.includes(name)) continue;
      const found = this.#inModule(file, text, name);
      if (found && (!best || rank(found) < rank(best))) best = found;
    }
    return best;
  }

  #inModule(file: FilePath, text: string, name: string): FoundDeclaration | undefined {
    const record = this.#modules.recordWithAllLocals(file, text);
    if (record.language === 'dts') return undefined;
    const local = record.locals.find((candidate) => candidate.name === name);
    const exported = record.exports.find(
      (entry): entry is typeof entry & { kind: 'local' } => entry.kind === 'local' && entry.name === name,
    );
    if (!local && !exported) return undefined;
    const place: Place = placeOf(file, local ?? exported!);
    const isType = local ? !local.value : exported!.typeOnly;
    return { file, place, exported: exported !== undefined, kind: isType ? 'type' : 'value' };
  }
}

const TEST = /(^|\/)(__tests__|tests?|e2e)\/|\.(test|spec|stories|bench)\.[cm]?[jt]sx?$/;

function rank(found: FoundDeclaration): number {
  return (TEST.test(found.file) ? 4 : 0) + (found.exported ? 0 : 2) + (found.kind === 'value' ? 0 : 1);
}
