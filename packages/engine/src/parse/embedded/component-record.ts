import type { ExportEntry, ModuleRecord, ModuleRequest } from '../../model/module-record.js';
import { emptyRecord } from '../empty-record.js';
import { finishRequests, requestDraft } from '../requests/request-draft.js';
import type { MemberReads } from '../member-reads.js';
import { scriptMemberReads, scriptRecord } from '../script-record.js';
import type { ScriptBlock } from './script-blocks.js';
import { frontmatter, onlyBlock, scriptBlocks } from './script-blocks.js';

export type ComponentKind = 'vue' | 'svelte' | 'astro';

/** Whether a file of this extension is a single-file component. */
export function isComponent(extension: string): extension is ComponentKind {
  return extension === 'vue' || extension === 'svelte' || extension === 'astro';
}

/**
 * The record of a single-file component: what its script blocks import, and `default` for the
 * component that its compiler creates. The template is not read, but it may use what the scripts
 * bind. So each bound namespace counts as passed on.
 */
export function componentRecord(text: string, kind: ComponentKind): ModuleRecord {
  const blocks = blocksOf(text, kind);
  const records = blocks.map((block) => blockRecord(text, block));
  const broken = records.find(({ syntaxError }) => syntaxError);
  if (broken) return emptyRecord(broken.language, broken.syntaxError);
  const requests: ModuleRequest[] = [];
  const exports: ExportEntry[] = [];
  for (const [position, record] of records.entries()) {
    const block = blocks[position]!;
    if (offersItsExports(kind, block))
      exports.push(...record.exports.map((entry) => shifted(entry, requests.length)));
    requests.push(...record.requests.map(outOfSight));
    requests.push(...sourceRequest(block));
  }
  if (!exports.some((entry) => 'name' in entry && entry.name === 'default')) {
    exports.unshift({ kind: 'local', name: 'default', typeOnly: false, start: 0, end: 0 });
  }
  const typed = records.find(({ language }) => language === 'ts' || language === 'tsx');
  return {
    language: typed?.language ?? records[0]?.language ?? 'js',
    hasModuleSyntax: true,
    requests,
    exports,
    locals: records.flatMap(({ locals }) => locals),
    ambientModules: [],
  };
}

/** The members that a component's script blocks read from imported names. */
export function componentMemberReads(text: string, kind: ComponentKind): MemberReads {
  const blocks = blocksOf(text, kind);
  return new Map(
    blocks.flatMap((block) => [...scriptMemberReads(onlyBlock(text, block), block.language, 'mjs')]),
  );
}

function blocksOf(text: string, kind: ComponentKind): ScriptBlock[] {
  if (kind !== 'astro') return scriptBlocks(text, 'js');
  const front = frontmatter(text);
  return [...(front ? [front] : []), ...scriptBlocks(text, 'ts', front?.end ?? 0)];
}

/** A block is a module even without module syntax, so it contains no CommonJS. */
function blockRecord(text: string, block: ScriptBlock): ModuleRecord {
  return scriptRecord(onlyBlock(text, block), block.language, 'mjs');
}

/**
 * Others can import from Vue's plain `<script>`, Svelte's module script and Astro's frontmatter.
 * The exports of all other blocks are properties of the component.
 */
function offersItsExports(kind: ComponentKind, { attributes }: ScriptBlock): boolean {
  if (kind === 'vue') return !attributes.has('setup');
  if (kind === 'svelte') return attributes.has('module') || attributes.get('context')?.value === 'module';
  return attributes.size === 0;
}

function outOfSight(request: ModuleRequest): ModuleRequest {
  return request.namespace ? { ...request, namespace: 'escapes' } : request;
}

/** Entries count requests from the first one of their block. */
function shifted(entry: ExportEntry, by: number): ExportEntry {
  return 'request' in entry && entry.request !== undefined
    ? { ...entry, request: entry.request + by }
    : entry;
}

/** `<script src="./code.ts">` */
function sourceRequest({ attributes }: ScriptBlock): ModuleRequest[] {
  const source = attributes.get('src');
  return source?.value ? finishRequests([requestDraft(source.value, 'import', source)], false) : [];
}
