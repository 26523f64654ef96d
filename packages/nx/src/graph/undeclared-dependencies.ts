import { join } from 'node:path';
import type { CreateDependenciesContext, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import { declaredDependenciesOf, parseObject } from '../infer/member-manifest';
import { readFileText } from '../read-file-text';
import { ImportMemo } from './import-memo';
import { importedSpecifiers, loadTokenizer } from './scan-specifiers';
import { PackageGraph } from './package-graph';
import { quotedSpecifiers } from './package-names';
import { pathAliases } from './path-aliases';

// Importing the enum would load @nx/devkit, which is optional and slow.
const IMPLICIT = 'implicit' as DependencyType.implicit;

const MODULE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

export interface UndeclaredDependencies {
  readonly edges: readonly RawProjectGraphDependency[];
  /**
   * By project, the projects that it imports although they depend on it. A dependency would create
   * a cycle, so none is added.
   */
  readonly circular: ReadonlyMap<string, readonly string[]>;
}

/**
 * The dependencies of sources on workspace packages that no manifest declares, tsconfig `paths`
 * included. Without them, neither `nx affected` nor the cache would notice a change in such a
 * package, because Nx reads sources only if @nx/js is installed.
 *
 * The dependencies are computed from the current files each time. If Nx kept them per file, it
 * would miss that a manifest changed what is declared, what creates a cycle, or which package a
 * name resolves to. Only the imports of each file are remembered. Only files that quote the name of
 * an undeclared package are tokenized.
 */
export async function undeclaredDependencies(
  context: CreateDependenciesContext,
): Promise<UndeclaredDependencies> {
  const packages = readPackages(context);
  const edges: RawProjectGraphDependency[] = [];
  const circular = new Map<string, readonly string[]>();
  for (const [project, specifiers] of await importsByProject(context, packages)) {
    const targets = specifiers.flatMap((specifier) => packages.lacks(project, specifier) ?? []);
    // A dependency that creates a cycle would make every `^build` fail. The finding is reported in
    // any case.
    const refused = [...new Set(targets)].sort().filter((target) => {
      if (packages.reaches(target, project)) return true;
      packages.connect(project, target);
      edges.push({ source: project, target, type: IMPLICIT });
      return false;
    });
    if (refused.length > 0) circular.set(project, refused);
  }
  return { edges, circular };
}

type Imports = readonly (readonly [project: string, specifiers: readonly string[]])[];

/** What the sources of each project import from the workspace, sorted by project. */
async function importsByProject(
  { workspaceRoot, fileMap }: CreateDependenciesContext,
  packages: PackageGraph,
): Promise<Imports> {
  const memo = new ImportMemo(workspaceRoot, packages.namesKey);
  const imports: (readonly [string, string[]])[] = [];
  for (const project of Object.keys(fileMap.projectFileMap).sort()) {
    const specifiers: string[] = [];
    for (const { file, hash } of fileMap.projectFileMap[project]!) {
      if (!MODULE.test(file)) continue;
      const path = (): string => join(workspaceRoot, file);
      let entry = memo.entryOf(file, hash) ?? memo.keep(file, [hash, quotedIn(path(), packages), 0]);
      const mayLack = entry[1].some((specifier) => packages.lacks(project, specifier) !== undefined);
      if (entry[2] === 0 && mayLack) entry = memo.keep(file, [hash, await importedIn(path(), packages), 1]);
      specifiers.push(...entry[1]);
    }
    imports.push([project, specifiers]);
  }
  memo.save();
  return imports;
}

/** The quoted texts of a file that could resolve to a project: a cheap filter before parsing. */
function quotedIn(file: string, packages: PackageGraph): readonly string[] {
  const quoted = [...quotedSpecifiers(readFileText(file) ?? '')];
  return quoted.filter((specifier) => packages.mayResolve(specifier)).sort();
}

async function importedIn(file: string, packages: PackageGraph): Promise<readonly string[]> {
  const tokenize = await loadTokenizer();
  const text = readFileText(file) ?? '';
  const imports = importsOrQuoted(() => importedSpecifiers(tokenize, file, text), text);
  return [...imports].filter((specifier) => packages.mayResolve(specifier)).sort();
}

/**
 * Everything that a text quotes, if it cannot be read: an edge too many is harmless, one too few
 * makes a cached result untrue.
 */
function importsOrQuoted(read: () => ReadonlySet<string>, text: string): ReadonlySet<string> {
  try {
    return read();
  } catch {
    return quotedSpecifiers(text);
  }
}

function readPackages({ workspaceRoot, projects }: CreateDependenciesContext): PackageGraph {
  const known = Object.entries(projects).map(([project, { root, implicitDependencies }]) => {
    const manifest = parseObject(readFileText(join(workspaceRoot, root, 'package.json')) ?? '{}') ?? {};
    const { name } = manifest;
    const packageName = typeof name === 'string' ? name : undefined;
    const declared = declaredDependenciesOf(manifest);
    return [project, { root, packageName, declared, implicit: implicitDependencies ?? [] }] as const;
  });
  return new PackageGraph(new Map(known), pathAliases(workspaceRoot));
}
