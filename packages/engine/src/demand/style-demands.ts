import type { Demand } from '../model/demand.js';
import type { FilePath, Place, Span } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { packagesByName } from '../read/packages-by-name.js';
import { packageNameIn } from '../resolve/path-alias.js';
import { findsStyle, styleCandidates } from '../resolve/style-subpath.js';

/** The rules of CSS, Sass, Less and Tailwind that name another file. */
const RULE = /@(import|use|forward|reference|plugin|config)\s+([^;{}]+)/g;
/** `composes: a from 'x'`, `@value a from 'x'`, `:import('x')` of CSS modules, and `meta.load-css('x')` of Sass. */
const MODULES =
  /(?:(?:composes\s*:|@value\s)[^;{}]*?\sfrom\s+|:import\(\s*|\bload-css\(\s*)(["'])([^"'\n]+)\1/g;
const URL_VALUE = /(?:url|image-set)\(\s*(["']?)([^"')\s]+)\1/g;
const STRING = /(["'])([^"'\n]+)\1|url\(\s*([^"')\s]+)\s*\)/g;

const COMPONENT = /\.(?:vue|svelte|astro)$/;
const BLOCK = /<style\b([^>]*)>([\s\S]*?)<\/style>/gi;
const PREPROCESSED = /\blang\s*=\s*["']?(?:s[ac]ss|less|styl)/i;

/** A style sheet, or a style block of a component. */
interface Sheet {
  readonly text: string;
  readonly offset: number;
  /** Sass and Less also look in folders that their options name. */
  readonly preprocessed: boolean;
}

/** Whether a file is a component that may have style blocks. */
export function mayHaveStyles(file: FilePath): boolean {
  return COMPONENT.test(file);
}

/**
 * What the style sheets of a file import from workspace packages: `@import`, `@use`, `composes`, `url()` and similar. What any tool finds
 * in any way counts as found, since each tool has its own ways to look.
 */
export function styleDemands(
  { disk, workspace }: { readonly disk: Disk; readonly workspace: Workspace },
  pkg: WorkspacePackage,
  file: FilePath,
  origin: Demand['origin'],
): readonly Demand[] {
  const providers = packagesByName(workspace);
  return styleRequests(disk, file).flatMap(({ specifier, place, preprocessed }): readonly Demand[] => {
    const name = packageNameIn(specifier);
    const provider = providers.get(name);
    if (!provider || provider === pkg || provider.problem) return [];
    const subpath = `.${specifier.slice(name.length)}`;
    const isFound = findsStyle(disk, provider, subpath);
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
        soft: preprocessed,
        ...(isFound && { isFound: true as const }),
      },
    ];
  });
}

/** A request of a style sheet that may name a package. */
export interface StyleRequest {
  readonly specifier: string;
  readonly place: Place;
  /** Sass and Less also look in folders that their options name. */
  readonly preprocessed: boolean;
}

/** What the style sheets of a file import, without URLs, relative paths and what is found beside the file. */
export function styleRequests(disk: Disk, file: FilePath): readonly StyleRequest[] {
  return sheetsIn(file, disk.readText(file) ?? '').flatMap(({ text, offset, preprocessed }) =>
    requestsIn(withoutComments(text)).flatMap(({ specifier: written, start, end }) => {
      const specifier = written.replace(/^(?:~|pkg:)/, '');
      const beside = joinPath(folderOf(file) ?? '.', specifier);
      if (written === specifier && styleCandidates(beside).some((path) => disk.isFile(path))) return [];
      return [{ specifier, place: { file, start: offset + start, end: offset + end }, preprocessed }];
    }),
  );
}

function sheetsIn(file: FilePath, text: string): readonly Sheet[] {
  if (!COMPONENT.test(file)) return [{ text, offset: 0, preprocessed: !file.endsWith('.css') }];
  return [...text.matchAll(BLOCK)].flatMap((block) => {
    const [whole, attributes = '', content = ''] = block;
    const preprocessed = PREPROCESSED.test(attributes);
    const at = block.index + whole.indexOf('>') + 1;
    const source = /\bsrc\s*=\s*(["'])([^"'\n]+)\1/.exec(attributes);
    // `<style src="x">` is an import of its own.
    const linked = source && {
      text: `@import ${source[1]}${source[2]}${source[1]}`,
      offset: block.index + whole.indexOf(source[0]) + source[0].indexOf(source[1]!) - '@import '.length,
      preprocessed,
    };
    return [{ text: content, offset: at, preprocessed }, ...(linked ? [linked] : [])];
  });
}

function requestsIn(text: string): readonly ({ readonly specifier: string } & Span)[] {
  const found = new Map<number, { readonly specifier: string } & Span>();
  const note = (specifier: string, start: number): void => {
    if (/^\.{0,2}\/|^[a-z][a-z\d+.-]*:\/\/|^data:/i.test(specifier)) return;
    found.set(start, { specifier, start, end: start + specifier.length });
  };
  for (const match of text.matchAll(RULE)) {
    const [whole, rule, values = ''] = match;
    const from = match.index + whole.length - values.length;
    // Configurations and conditions hold other strings.
    const plain = values.replace(/\b(?:with|supports)\s*\([^;]*/g, (part) => ' '.repeat(part.length));
    const strings = [...plain.matchAll(STRING)].map((each) => ({
      specifier: (each[2] ?? each[3])!,
      at: from + each.index + each[0].indexOf((each[2] ?? each[3])!),
    }));
    // Only Sass imports several files in one rule.
    for (const { specifier, at } of rule === 'import' ? strings : strings.slice(0, 1)) note(specifier, at);
  }
  for (const pattern of [MODULES, URL_VALUE]) {
    for (const match of text.matchAll(pattern)) {
      const specifier = match[2]!;
      // In `url()`, only a scope or a tilde marks a package.
      if (pattern === URL_VALUE && !/^[~@]/.test(specifier)) continue;
      note(specifier, match.index + match[0].lastIndexOf(specifier));
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
