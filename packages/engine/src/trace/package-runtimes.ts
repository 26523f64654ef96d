import { isBuiltin } from 'node:module';
import type { RuntimeSign } from '../model/audience.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { runtimesFrom, runtimeSignsOf } from '../read/runtime-signs.js';
import type { Runtimes } from '../read/runtime-signs.js';
import type { Traces } from './traces.js';

/** Which runtimes load the output of packages, with the signs that say so. The one place that every stage and rule asks. */
export class PackageRuntimes {
  readonly #context: { readonly disk: Disk; readonly traces: Pick<Traces, 'modulesOf'> };
  readonly #known = new Map<string, Runtimes & { readonly signs: readonly RuntimeSign[] }>();

  constructor(context: { readonly disk: Disk; readonly traces: Pick<Traces, 'modulesOf'> }) {
    this.#context = context;
  }

  of(pkg: WorkspacePackage): Runtimes & { readonly signs: readonly RuntimeSign[] } {
    let known = this.#known.get(pkg.project);
    if (!known) {
      const signs = [...runtimeSignsOf(this.#context.disk, pkg), ...this.#fromOutput(pkg)];
      known = { ...runtimesFrom(signs), signs };
      this.#known.set(pkg.project, known);
    }
    return known;
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

/** An ES module as it stands, with nothing left to compile. */
export function isBuiltModule(record: ModuleRecord): boolean {
  return record.hasModuleSyntax && record.language === 'js';
}
