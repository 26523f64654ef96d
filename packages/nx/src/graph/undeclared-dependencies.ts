import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateDependenciesContext, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import { loadEngine } from '../engine';
import type { Engine } from '../engine';
import { declaredDependenciesOf, parseObject } from '../infer/member-manifest';
import { quotedPackageNames } from './package-names';
import { PackageGraph } from './package-graph';
import { pathAliases } from './path-aliases';
import type { PathAlias } from './path-aliases';

// The enum itself would load @nx/devkit, which is optional and slow.
const STATIC = 'static' as DependencyType.static;

const MODULE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

/**
 * The dependencies of sources on workspace packages that no manifest declares, tsconfig `paths` included. Without these edges neither `nx affected` nor a
 * cached verdict would notice when such a package changes, since Nx itself reads sources only where @nx/js is installed.
 *
 * Only changed files are looked at, and only those are parsed that quote the name of such a package.
 */
export async function undeclaredDependencies(
  context: CreateDependenciesContext,
): Promise<RawProjectGraphDependency[]> {
  const changed = Object.entries(context.filesToProcess.projectFileMap).filter(
    ([, files]) => files.length > 0,
  );
  if (changed.length === 0) return [];
  const packages = readPackages(context);
  const found: RawProjectGraphDependency[] = [];
  for (const [project, files] of changed) {
    for (const { file } of files) {
      if (!MODULE.test(file)) continue;
      const text = readText(join(context.workspaceRoot, file));
      if (text === undefined || !quotedPackageNames(text).some((name) => packages.mayLack(project, name)))
        continue;
      for (const target of importedProjects(await loadEngine(), file, text, (specifier) =>
        packages.lacks(project, specifier),
      )) {
        // An edge that closes a circle would make every `^build` of the workspace fail; the finding remains either way.
        if (packages.reaches(target, project)) continue;
        packages.connect(project, target);
        found.push({ source: project, target, sourceFile: file, type: STATIC });
      }
    }
  }
  return found;
}

function importedProjects(
  engine: Engine,
  file: string,
  text: string,
  lacking: (specifier: string) => string | undefined,
): ReadonlySet<string> {
  const record = engine.parseModule(file, text);
  const projects = (record?.requests ?? []).map(({ specifier }) => lacking(specifier));
  return new Set(projects.filter((project) => project !== undefined));
}

function readPackages(context: CreateDependenciesContext): PackageGraph {
  const graph = new PackageGraph();
  for (const [project, { root }] of Object.entries(context.projects)) {
    const manifest = parseObject(readText(join(context.workspaceRoot, root, 'package.json')) ?? '{}') ?? {};
    const { name } = manifest;
    graph.add(project, typeof name === 'string' ? name : undefined, declaredDependenciesOf(manifest));
  }
  for (const { pattern, target } of readAliases(context.workspaceRoot)) {
    const project = ownerOf(target, context.projects);
    if (project !== undefined) graph.addAlias(pattern, project);
  }
  return graph;
}

function readAliases(workspaceRoot: string): readonly PathAlias[] {
  const texts = ['tsconfig.base.json', 'tsconfig.json'].map((file) => readText(join(workspaceRoot, file)));
  return pathAliases(texts.find((text) => text !== undefined) ?? '');
}

/** The project in whose folder a file lies; the deepest where folders are nested. */
function ownerOf(file: string, projects: CreateDependenciesContext['projects']): string | undefined {
  const owners = Object.entries(projects).filter(
    ([, { root }]) => root === '.' || file.startsWith(`${root}/`),
  );
  return owners.sort(([, a], [, b]) => b.root.length - a.root.length)[0]?.[0];
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // A project without a package.json, or a file that was deleted while Nx looked.
  }
}
