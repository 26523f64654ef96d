import { packageNameOf } from './package-names';
import type { PathAlias } from './path-aliases';

interface Project {
  readonly root: string;
  readonly packageName: string | undefined;
  /** Package names in the manifest's dependency fields. */
  readonly declared: readonly string[];
  /** The project's `implicitDependencies`. */
  readonly implicit: readonly string[];
}

/** Maps specifiers to projects, and knows which project declares which. */
export class PackageGraph {
  readonly #declared = new Map<string, ReadonlySet<string>>();
  readonly #projectOf = new Map<string, string>();
  /** Wildcards without their `*`, the longest first. */
  readonly #wildcards: (readonly [prefix: string, project: string])[] = [];
  readonly #aliases = new Map<string, string>();
  readonly #edges = new Map<string, Set<string>>();

  constructor(projects: ReadonlyMap<string, Project>, aliases: readonly PathAlias[]) {
    for (const [project, { packageName, declared }] of projects) {
      this.#declared.set(project, new Set(declared));
      if (packageName !== undefined) this.#projectOf.set(packageName, project);
    }
    for (const [project, { declared, implicit }] of projects) {
      for (const name of declared) this.connect(project, this.#projectOf.get(name));
      for (const other of implicit) this.connect(project, projects.has(other) ? other : undefined);
    }
    for (const { pattern, targets } of aliases) {
      const project = firstOwner(targets, projects);
      if (project === undefined) continue;
      if (pattern.endsWith('*')) this.#wildcards.push([pattern.slice(0, -1), project]);
      else this.#aliases.set(pattern, project);
    }
    this.#wildcards.sort(([a], [b]) => b.length - a.length);
  }

  /** Changes if the same specifier may resolve to another project. */
  get namesKey(): string {
    return JSON.stringify([[...this.#projectOf], [...this.#aliases], this.#wildcards]);
  }

  /** Whether a specifier, or a text that could be one, resolves to any project. */
  mayResolve(specifier: string): boolean {
    return this.#targetOf(specifier) !== undefined;
  }

  /**
   * The other project that a specifier resolves to, if the manifest does not declare it; otherwise
   * undefined.
   */
  lacks(project: string, specifier: string): string | undefined {
    const provider = this.#targetOf(specifier);
    const packageName = packageNameOf(specifier) ?? specifier;
    const isMissing =
      provider !== undefined && provider !== project && !this.#declared.get(project)?.has(packageName);
    return isMissing ? provider : undefined;
  }

  #targetOf(specifier: string): string | undefined {
    return (
      this.#aliases.get(specifier) ??
      this.#wildcards.find(([prefix]) => specifier.startsWith(prefix))?.[1] ??
      this.#projectOf.get(packageNameOf(specifier) ?? specifier)
    );
  }

  connect(from: string, to: string | undefined): void {
    if (to !== undefined) this.#edges.set(from, (this.#edges.get(from) ?? new Set()).add(to));
  }

  /** Whether a project depends on another, directly or through others. */
  reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    const open = [from];
    for (let project = open.pop(); project !== undefined; project = open.pop()) {
      if (project === to) return true;
      for (const next of this.#edges.get(project) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return false;
  }
}

/**
 * The project of the first target that is inside one. The root, which contains everything, only if
 * no other matches.
 */
function firstOwner(targets: readonly string[], projects: ReadonlyMap<string, Project>): string | undefined {
  const owners = targets.flatMap((target) => ownerOf(target, projects) ?? []);
  return owners.find((owner) => projects.get(owner)?.root !== '.') ?? owners[0];
}

/** The project whose folder contains a file; the deepest if folders are nested. */
function ownerOf(file: string, projects: ReadonlyMap<string, Project>): string | undefined {
  let best: readonly [string, Project] | undefined;
  for (const entry of projects) {
    const { root } = entry[1];
    const contains = root === '.' || file === root || file.startsWith(`${root}/`);
    if (contains && (best === undefined || best[1].root === '.' || root.length > best[1].root.length))
      best = entry;
  }
  return best?.[0];
}
