import { packageNameOf } from './package-names';

/** Which project is which package, and who declares whom. */
export class PackageGraph {
  readonly #projectOf = new Map<string, string>();
  /** What is written for projects that no package name leads to; wildcards without their `*`. */
  readonly #aliases: { readonly written: string; readonly wildcard: boolean; readonly project: string }[] =
    [];
  readonly #declared = new Map<string, ReadonlySet<string>>();
  /** Edges found on the way, by project. */
  readonly #found = new Map<string, Set<string>>();

  add(project: string, packageName: string | undefined, declared: readonly string[]): void {
    this.#declared.set(project, new Set(declared));
    if (packageName !== undefined) this.#projectOf.set(packageName, project);
  }

  /** @param pattern of tsconfig `paths` */
  addAlias(pattern: string, project: string): void {
    const wildcard = pattern.endsWith('*');
    this.#aliases.push({ written: wildcard ? pattern.slice(0, -1) : pattern, wildcard, project });
  }

  connect(from: string, to: string): void {
    this.#found.set(from, (this.#found.get(from) ?? new Set()).add(to));
  }

  /** The project that a specifier leads to and another project does not declare; undefined where it does, or leads to none. */
  lacks(project: string, specifier: string): string | undefined {
    const packageName = packageNameOf(specifier) ?? specifier;
    const provider = this.#aliased(specifier) ?? this.#projectOf.get(packageName);
    const isMissing =
      provider !== undefined && provider !== project && !this.#declared.get(project)?.has(packageName);
    return isMissing ? provider : undefined;
  }

  /** Whether anything that begins with a quoted package name may be lacking: a cheap test before parsing. */
  mayLack(project: string, packageName: string): boolean {
    const aliased = this.#aliases.some(
      ({ written, project: target }) => target !== project && written.startsWith(packageName),
    );
    return aliased || this.lacks(project, packageName) !== undefined;
  }

  #aliased(specifier: string): string | undefined {
    const exact = this.#aliases.find(({ written, wildcard }) => !wildcard && written === specifier);
    const longest = this.#aliases
      .filter(({ written, wildcard }) => wildcard && specifier.startsWith(written))
      .sort((a, b) => b.written.length - a.written.length);
    return (exact ?? longest[0])?.project;
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
