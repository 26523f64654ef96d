import type { Node } from 'oxc-parser';
import type { Span } from '../model/place.js';
import { parseSource } from './parse-source.js';
import type { ParsedSource } from './parse-source.js';
import { orTooDeep } from './too-deep.js';
import { isCaught } from './requests/guards.js';
import { indexTree } from './tree/index-tree.js';
import { memberName, moduleExportName, outermost } from './tree/node.js';
import { runsAtLoad } from './tree/runs-at-load.js';
import type { TreeIndex } from './tree/tree-index.js';

/**
 * What evaluating an ES module does with imported names, and what it declares only when it is
 * evaluated.
 */
export interface LoadFacts {
  /** Imported names that are always read while the module is evaluated. */
  readonly reads: readonly ({ readonly specifier: string; readonly name: string } & Span)[];
  /**
   * `let`, `const` and `class` by name, and `export default` of an expression. Code must not read
   * them before they were evaluated.
   */
  readonly lexical: ReadonlySet<string>;
}

/** The key of an anonymous default export. */
const ANONYMOUS_DEFAULT = 'export default';

/**
 * Reads a module's text again, with its tree. This is only done for modules in an import cycle.
 *
 * @param text of a built ES module
 */
export function loadFacts(text: string, extension: string): LoadFacts {
  const source = parseSource(text, 'js', extension);
  const nothing: LoadFacts = { reads: [], lexical: new Set() };
  return source.syntaxError ? nothing : orTooDeep(() => factsOf(source), nothing);
}

function factsOf(source: ParsedSource): LoadFacts {
  const index = indexTree(source.program);
  const { body } = source.program;
  return {
    reads: body.flatMap((statement) =>
      statement.type === 'ImportDeclaration' ? readsOf(statement, index) : [],
    ),
    lexical: new Set(body.flatMap(lexicalNames)),
  };
}

function readsOf(
  statement: Extract<Node, { type: 'ImportDeclaration' }>,
  index: TreeIndex,
): LoadFacts['reads'] {
  const specifier = statement.source.value;
  return statement.specifiers.flatMap((imported) => {
    const binding = index.bindingAt(imported.local.start);
    const references = binding ? index.referencesTo(binding) : [];
    const early = references.filter(
      (node) => !isPassedOn(node) && !isCaught(node) && runsAtLoad(node, index),
    );
    return early.flatMap((node) => {
      const { start, end } = node;
      if (imported.type === 'ImportDefaultSpecifier') return [{ specifier, name: 'default', start, end }];
      if (imported.type === 'ImportSpecifier')
        return [{ specifier, name: moduleExportName(imported.imported).name, start, end }];
      const { parent } = outermost(node);
      const member =
        parent?.type === 'MemberExpression' && parent.object === outermost(node) && memberName(parent);
      return member ? [{ specifier, name: member.name, start: member.start, end: member.end }] : [];
    });
  });
}

/** `export { name }` names a binding and does not read it. */
function isPassedOn(node: Node): boolean {
  return node.parent?.type === 'ExportSpecifier';
}

function lexicalNames(statement: Node): readonly string[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    if (declaration.type === 'FunctionDeclaration') return [];
    const id = declaration.type === 'ClassDeclaration' ? declaration.id : undefined;
    return [id?.name ?? ANONYMOUS_DEFAULT];
  }
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type === 'ClassDeclaration') return declaration.id ? [declaration.id.name] : [];
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind === 'var') return [];
  return declaration.declarations.flatMap(({ id }) => boundNames(id));
}

function boundNames(pattern: Node): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'Property' ? property.value : property),
      );
    default:
      return [];
  }
}
