import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NxJsonConfiguration, ProjectGraph, ProjectGraphProjectNode } from '@nx/devkit';
import type { ProjectInput } from '../engine';
import { isRecord, parseObject } from '../infer/member-manifest';
import { globTest } from './globs';

type Publication = NonNullable<ProjectInput['release']>;

/**
 * What `nx release` says about publishing a project: nx.json may list the projects that it
 * releases, and a project's `nx-release-publish` target may do nothing. Undefined if neither says
 * anything.
 *
 * https://nx.dev/docs/guides/nx-release/release-projects-independently (release.projects,
 * release.groups)
 */
export function releaseFacts(
  projectGraph: ProjectGraph,
  nxJson: NxJsonConfiguration | undefined,
): (node: ProjectGraphProjectNode) => Publication | undefined {
  const patterns = releasedPatterns(nxJson?.release);
  const released = patterns && matchingProjects(patterns, projectGraph);
  return (node) => {
    if (publishesNothing(node))
      return { published: false, reason: `the target nx-release-publish of "${node.name}" does nothing` };
    if (!released) return undefined;
    return released.has(node.name)
      ? { published: true, reason: 'nx.json releases it' }
      : { published: false, reason: 'the "release" of nx.json does not list it' };
  };
}

/** Undefined if nx.json does not restrict what is released. */
function releasedPatterns(release: unknown): readonly string[] | undefined {
  if (!isRecord(release)) return undefined;
  const groups = isRecord(release['groups']) ? Object.values(release['groups']) : [];
  const lists =
    groups.length > 0 ? groups.map((group) => isRecord(group) && group['projects']) : [release['projects']];
  const patterns = lists.flatMap((list) =>
    typeof list === 'string' ? [list] : Array.isArray(list) ? list : [],
  );
  const texts = patterns.filter((pattern): pattern is string => typeof pattern === 'string');
  return texts.length > 0 ? texts : undefined;
}

/**
 * The projects that Nx's patterns select: names, parts of names, globs, `tag:`, `directory:`, each
 * after `!` to leave projects out. As Nx's own findMatchingProjects, which no public module of Nx
 * exports on every major.
 */
export function matchingProjects(
  patterns: readonly string[],
  { nodes }: Pick<ProjectGraph, 'nodes'>,
): ReadonlySet<string> {
  const all = Object.values(nodes);
  const selected = new Set<string>();
  const stated = patterns.filter((pattern) => pattern !== '' && pattern !== '!');
  const list = stated[0]?.startsWith('!') ? ['*', ...stated] : stated;
  for (const text of list) {
    const excludes = text.startsWith('!');
    for (const { name } of matchesOf(excludes ? text.slice(1) : text, all))
      if (excludes) selected.delete(name);
      else selected.add(name);
  }
  return selected;
}

type Nodes = readonly ProjectGraphProjectNode[];

function matchesOf(pattern: string, all: Nodes): Nodes {
  const [, kind, value = ''] = /^(name|tag|directory):(.*)$/s.exec(pattern) ?? [undefined, '', pattern];
  const isMatch = globOf(value);
  const byFolder = (): Nodes => all.filter(({ data }) => isMatch(data.root));
  if (kind === 'tag')
    return all.filter(({ data }) => data.tags?.some((tag) => tag === value || isMatch(tag)));
  if (kind === 'directory') return byFolder();
  const byName = named(value, isMatch, all);
  return byName.length > 0 || kind === 'name' ? byName : byFolder();
}

function named(value: string, isMatch: (text: string) => boolean, all: Nodes): Nodes {
  const exact = all.filter(({ name }) => name === value);
  if (exact.length > 0) return exact;
  if (/[*?{}()[\]!]/.test(value)) return all.filter(({ name }) => isMatch(name));
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  // Part of a name between characters that are no letters, digits, `@` or `-`.
  const part = new RegExp(`(?<![@a-zA-Z0-9-])${escaped}(?![@a-zA-Z0-9-])`, 'i');
  return all.filter(({ name }) => part.test(name));
}

function globOf(pattern: string): (text: string) => boolean {
  // A lone `*` matches names with a `/` as well.
  return pattern === '*' ? () => true : globTest(pattern);
}

const NO_OP = /^\s*(?:true|:|exit 0|echo\b[^&|;]*)?\s*$/;

function publishesNothing({ data }: ProjectGraphProjectNode): boolean {
  const target = data.targets?.['nx-release-publish'];
  if (!target) return false;
  if (target.executor === 'nx:noop') return true;
  const command: unknown = target.command ?? target.options?.command;
  const runs = target.executor === undefined || target.executor === 'nx:run-commands';
  return runs && typeof command === 'string' && NO_OP.test(command);
}

/**
 * The workspace's nx.json; undefined if there is none, or none that can be read (Nx itself then
 * reports it).
 */
export function readNxJson(root: string): NxJsonConfiguration | undefined {
  try {
    return parseObject(readFileSync(join(root, 'nx.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
