import type { Node } from 'oxc-parser';
import type { AmbientModule, ModuleRequest } from '../../model/module-record.js';
import { assignedMembers } from './export-assignment.js';
import { linkExports } from './link-exports.js';
import { blockOf, localDeclarations } from './local-declarations.js';
import type { ModuleSyntax } from './module-syntax.js';
import { syntaxFromTree } from './syntax-from-tree.js';

/** A `declare module 'x'` block with its import and export statements. */
export interface AmbientBlock {
  readonly node: Extract<Node, { type: 'TSModuleDeclaration' }>;
  readonly specifier: string;
  readonly syntax: ModuleSyntax;
}

/** The `declare module 'x'` blocks of a file. They are always at its top level. */
export function ambientBlocks(body: readonly Node[], text: string): AmbientBlock[] {
  return body.flatMap((statement): AmbientBlock[] => {
    const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (node?.type !== 'TSModuleDeclaration' || node.id.type !== 'Literal') return [];
    return [
      { node, specifier: String(node.id.value), syntax: syntaxFromTree(blockOf(node.body), text, true) },
    ];
  });
}

/**
 * The exports of an ambient module.
 *
 * @param augments the file is a module, so the block adds to an existing one
 */
export function ambientModule(
  { node, specifier, syntax }: AmbientBlock,
  text: string,
  requests: readonly ModuleRequest[],
  augments: boolean,
): AmbientModule {
  const { start, end } = node.id;
  const body = blockOf(node.body);
  const context = { text, ambient: true };
  if (!node.body) {
    const open = {
      kind: 'assignment',
      members: [],
      open: 'it is declared without a body, so every name has the type any',
      start,
      end,
    } as const;
    return { specifier, augments, exports: [open], locals: [], start, end };
  }
  const exports = linkExports(syntax, {
    requests,
    defaultIsAlias: true,
    assigned: ({ expression }) => assignedMembers(expression, body, context),
  });
  return { specifier, augments, exports, locals: localDeclarations(body, context), start, end };
}
