import type { Demand } from '../model/demand.js';
import type { FilePath, Span } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { packagesByName } from '../read/packages-by-name.js';
import { packageNameIn } from '../resolve/path-alias.js';
import { findsStyle, styleCandidates } from '../resolve/style-subpath.js';

const RULE = /@(?:import|use|forward|reference)\s+(?:\([^)]*\)\s*)?(?:url\(\s*)?(["'])([^"'\n]+)\1/g;
const COMPOSES = /composes\s*:[^;{}]*?\sfrom\s+(["'])([^"'\n]+)\1/g;
const URL_VALUE = /url\(\s*(["']?)([^"')\s]+)\1\s*\)/g;

/**
 * What a style sheet imports from workspace packages and no tool finds there: `@import`, `@use`,
 * `composes` and `url()`. What is found in any way makes no demand, since each tool has its own
 * ways to look.
 */
export function styleDemands(
  { disk, workspace }: { readonly disk: Disk; readonly workspace: Workspace },
  pkg: WorkspacePackage,
  file: FilePath,
  origin: Demand['origin'],
): readonly Demand[] {
  const text = withoutComments(disk.readText(file) ?? '');
  const providers = packagesByName(workspace);
  return requestsIn(text).flatMap(({ specifier: written, ...span }): readonly Demand[] => {
    const specifier = written.replace(/^(?:~|pkg:)/, '');
    const name = packageNameIn(specifier);
    const provider = providers.get(name);
    if (!provider || provider === pkg || provider.problem) return [];
    const beside = joinPath(folderOf(file) ?? '.', specifier);
    if (written === specifier && styleCandidates(beside).some((path) => disk.isFile(path))) return [];
    const subpath = `.${specifier.slice(name.length)}`;
    if (findsStyle(disk, provider, subpath)) return [];
    const place = { file, ...span };
    return [
      {
        dependent: pkg.project,
        place,
        specifierPlace: place,
        specifier,
        form: 'url',
        provider: provider.project,
        subpath,
        phase: 'runtime',
        mode: 'either',
        origin,
        // Sass also looks in folders that its options name.
        soft: !file.endsWith('.css'),
      },
    ];
  });
}

function requestsIn(text: string): readonly ({ readonly specifier: string } & Span)[] {
  const found = new Map<number, { readonly specifier: string } & Span>();
  for (const pattern of [RULE, COMPOSES, URL_VALUE]) {
    for (const match of text.matchAll(pattern)) {
      const specifier = match[2]!;
      const start = match.index + match[0].lastIndexOf(specifier);
      // In `url()`, only a scope or a tilde marks a package.
      if (pattern === URL_VALUE && !/^[~@]/.test(specifier)) continue;
      if (/^\.{0,2}\/|^[a-z][a-z\d+.-]*:\/\/|^data:/i.test(specifier)) continue;
      found.set(start, { specifier, start, end: start + specifier.length });
    }
  }
  return [...found.values()];
}

/**
 * Comments become spaces, so that offsets stay. A `//` in CSS is no comment, and is no reference
 * either.
 */
function withoutComments(text: string): string {
  return text.replace(/\/\*.*?\*\/|(?<![:"'(])\/\/[^\n]*/gs, (comment) => comment.replace(/[^\n]/g, ' '));
}
