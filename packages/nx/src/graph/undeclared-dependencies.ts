import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type {
  CreateDependenciesContext,
  DependencyType,
  FileData,
  RawProjectGraphDependency,
} from '@nx/devkit';
import { declaredDependenciesOf, parseObject } from '../infer/member-manifest';
import { readFileText } from '../read-file-text';
import { ImportMemo } from './import-memo';
import type { Entry, Summary } from './import-memo';
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
  const imports: (readonly [string, readonly string[]])[] = [];
  for (const project of Object.keys(fileMap.projectFileMap).sort()) {
    const modules = fileMap.projectFileMap[project]!.filter(({ file }) => MODULE.test(file));
    const digest = digestOf(modules);
    const lacksSome = (specifiers: readonly string[]): boolean =>
      specifiers.some((specifier) => packages.lacks(project, specifier) !== undefined);
    let summary = memo.summaryOf(project, digest);
    if (!summary || lacksSome(summary.possible)) {
      const before = memo.entriesOf(project);
      const entries: Record<string, Entry> = {};
      for (const { file, hash } of modules) {
        const path = join(workspaceRoot, file);
        let entry = Object.hasOwn(before, file) && before[file]?.[0] === hash ? before[file] : undefined;
        entry ??= [hash, quotedIn(path, packages), 0];
        if (entry[2] === 0 && lacksSome(entry[1])) entry = [hash, await importedIn(path, packages), 1];
        entries[file] = entry;
      }
      summary = summaryOf(digest, Object.values(entries));
      memo.keep(project, summary, entries);
    }
    imports.push([project, summary.exact]);
  }
  memo.save();
  return imports;
}

function digestOf(files: readonly FileData[]): string {
  return createHash('sha1')
    .update(files.map(({ file, hash }) => `${file} ${hash}\n`).join(''))
    .digest('hex');
}

function summaryOf(digest: string, entries: readonly Entry[]): Summary {
  const allOf = (wanted: 0 | 1): readonly string[] => [
    ...new Set(entries.flatMap(([, specifiers, parsed]) => (parsed === wanted ? specifiers : []))),
  ];
  return { digest, exact: allOf(1), possible: allOf(0) };
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
