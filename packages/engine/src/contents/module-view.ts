import type { WorkspaceView } from '../workspace-view.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ModuleEffects } from '../parse/module-effects.js';
import { staticImports } from '../trace/bare-imports.js';

/** What an import resolves to, for the check of a bundle's contents. */
export interface Imported {
  readonly file: FilePath;
  /** The workspace package that a bare specifier names. */
  readonly pkg?: WorkspacePackage;
  /** An installed package. */
  readonly installed?: string;
}

const UNREAD: ModuleEffects = { effect: 'unclear', hasCode: true };

/** What the search for dropped modules needs to know about single modules. Each is read once. */
export class ModuleView {
  readonly #view: WorkspaceView;
  readonly #effects = new Map<FilePath, ModuleEffects>();

  constructor(view: WorkspaceView) {
    this.#view = view;
  }

  record(file: FilePath): ModuleRecord | undefined {
    return this.#view.run.modules.record(file);
  }

  follow(from: FilePath, { specifier }: Pick<ModuleRequest, 'specifier'>): Imported | undefined {
    const found = this.#view.resolver.resolve(specifier, from, { mode: 'import', phase: 'runtime' });
    if (found.kind === 'file') return { file: found.file };
    if (found.kind === 'package' && found.entry.outcome === 'file')
      return { file: found.entry.file, pkg: found.pkg };
    if (found.kind !== 'external' || found.file === undefined) return undefined;
    const installed = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
    return { file: found.file, ...(installed !== undefined && { installed }) };
  }

  /**
   * What a module does when it is loaded; undefined for files that are no scripts (a stylesheet,
   * JSON).
   */
  effects(file: FilePath): ModuleEffects | undefined {
    if (!/\.([cm]?[jt]s|[jt]sx)$/.test(file)) return undefined;
    let effects = this.#effects.get(file);
    if (!effects) {
      effects = this.#view.run.modules.effects(file) ?? UNREAD;
      this.#effects.set(file, effects);
    }
    return effects;
  }

  /**
   * The modules whose effects a bare import of `file` needs: the file itself, or the modules behind
   * it if it is a barrel. A module with only declarations has none.
   */
  effectsBehind(file: FilePath, seen: Set<FilePath> = new Set()): readonly FilePath[] {
    if (seen.has(file)) return [];
    seen.add(file);
    const effects = this.effects(file);
    if (!effects) return [];
    if (effects.hasCode) return effects.effect === 'none' ? [] : [file];
    const record = this.record(file);
    return (record ? staticImports(record) : []).flatMap((request) => {
      const target = this.follow(file, request);
      return target && target.installed === undefined ? this.effectsBehind(target.file, seen) : [];
    });
  }
}
