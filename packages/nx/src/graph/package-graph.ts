/** Which project is which package, and who declares whom. */
export class PackageGraph {
  readonly #projectOf = new Map<string, string>();
  readonly #declared = new Map<string, ReadonlySet<string>>();
  /** Edges found on the way, by project. */
  readonly #found = new Map<string, Set<string>>();

  add(project: string, packageName: string | undefined, declared: readonly string[]): void {
    this.#declared.set(project, new Set(declared));
    if (packageName !== undefined) this.#projectOf.set(packageName, project);
  }

  connect(from: string, to: string): void {
    this.#found.set(from, (this.#found.get(from) ?? new Set()).add(to));
  }

  /** The project of a package that another project does not declare; undefined where it does, or where it is no such package. */
  lacks(project: string, packageName: string): string | undefined {
    const provider = this.#projectOf.get(packageName);
    const isMissing =
      provider !== undefined && provider !== project && !this.#declared.get(project)?.has(packageName);
    return isMissing ? provider : undefined;
  }

  /** Whether a project depends on another, directly or through others. */
  reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    const open = [from];
    for (let project = open.pop(); project !== undefined; project = open.pop()) {
      if (project === to) return true;
      for (const next of this.#next(project)) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return false;
  }

  #next(project: string): readonly string[] {
    const declared = [...(this.#declared.get(project) ?? [])].flatMap(
      (name) => this.#projectOf.get(name) ?? [],
    );
    return [...declared, ...(this.#found.get(project) ?? [])];
  }
}
