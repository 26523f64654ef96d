import { isBuiltin } from 'node:module';
import { remembered } from '../collections/remembered.js';
import type { RuntimeSign } from '../model/audience.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { runtimesFrom, runtimeSignsOf } from '../read/runtime-signs.js';
import type { Runtimes } from '../read/runtime-signs.js';
import type { Traces } from './traces.js';

/** The runtimes of one package. */
export interface KnownRuntimes extends Runtimes {
  readonly signs: readonly RuntimeSign[];
  /**
   * Node starts the output itself: a script, a command, an image. Importing one of Node's modules
   * proves less, since bundlers read such code too.
   */
  readonly startedByNode: boolean;
  /** Files or the caller's configuration name a runtime, not only the imports of the output. */
  readonly isStated: boolean;
}

/**
 * The runtimes that load the output of packages, with the signs for them. All stages and rules use
 * this result.
 */
export class PackageRuntimes {
  readonly #context: { readonly disk: Disk; readonly traces: Pick<Traces, 'modulesOf'> };
  readonly #stated = new Map<string, readonly RuntimeSign[]>();
  readonly #known = new Map<string, KnownRuntimes>();

  constructor(context: { readonly disk: Disk; readonly traces: Pick<Traces, 'modulesOf'> }) {
    this.#context = context;
  }

  of(pkg: WorkspacePackage): KnownRuntimes {
    let known = this.#known.get(pkg.project);
    if (!known) {
      const stated = this.#statedOf(pkg);
      const signs = [...stated, ...this.#fromOutput(pkg)];
      const startedByNode = stated.some(
        ({ runtime, strength }) => runtime === 'node' && strength === 'certain',
      );
      known = { ...runtimesFrom(signs), signs, startedByNode, isStated: stated.length > 0 };
      this.#known.set(pkg.project, known);
    }
    return known;
  }

  /**
   * Whether browsers load the output, and Node does not. The output itself has no signs for
   * browsers, so most packages need not be traced for this.
   */
  onlyBrowsers(pkg: WorkspacePackage): boolean {
    if (!this.#statedOf(pkg).some(({ runtime }) => runtime === 'browser')) return false;
    const { node, browser } = this.of(pkg);
    return browser && !node;
  }

  #statedOf(pkg: WorkspacePackage): readonly RuntimeSign[] {
    return remembered(this.#stated, pkg.project, () => runtimeSignsOf(this.#context.disk, pkg));
  }

  /** Built output that imports Node's own modules. One sign is enough. */
  #fromOutput(pkg: WorkspacePackage): readonly RuntimeSign[] {
    for (const [file, record] of this.#context.traces.modulesOf(pkg)) {
      if (!record || !isBuiltModule(record)) continue;
      const request = record.requests.find(({ specifier, guarded }) => !guarded && isBuiltin(specifier));
      if (!request) continue;
      return [
        {
          runtime: 'node',
          strength: 'certain',
          reason: `the output imports "${request.specifier}"`,
          place: { file, start: request.start, end: request.end },
        },
      ];
    }
    return [];
  }
}

/** An ES module that runs as written, without compiling. */
export function isBuiltModule(record: ModuleRecord): boolean {
  return record.hasModuleSyntax && record.language === 'js';
}
