import type { Node, ObjectExpression } from 'oxc-parser';
import type { Edit } from '../model/report.js';
import type { FixIdea } from '../model/fix-idea.js';
import { extensionOf, languageOf } from '../parse/language-of.js';
import { parseSource } from '../parse/parse-source.js';
import { constantString } from '../parse/tree/node.js';
import { relativeSpecifier, styleOf } from './barrel-style.js';
import type { Barrel, BarrelStyle } from './barrel-style.js';
import type { Follow } from './reexport-fix.js';
import type { FoundDeclaration } from '../parse/source-declarations.js';

/**
 * The edits that make a CommonJS barrel export a name: an assignment after the existing ones, or an
 * entry of the object that it assigns. The place is always one where Node detects the name:
 * cjs-module-lexer stops at values that are not identifiers.
 *
 * @returns undefined for a barrel that exports in neither way
 */
export function commonJsFix(
  name: string,
  declaration: FoundDeclaration,
  barrel: Barrel,
  follow: Follow,
): FixIdea | undefined {
  const { file, text } = barrel;
  const source = parseSource(text, languageOf(file), extensionOf(file));
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
  if (source.syntaxError || !isIdentifier || declaration.kind === 'type') return undefined;
  const shape = shapeOf(source.program.body);
  if (!shape) return undefined;
  const inBarrel = declaration.file === file;
  if (!inBarrel && declaration.exportedAs === undefined) return undefined;
  const semicolon = text[shape.statement.end - 1] === ';' ? ';' : '';
  const style = { ...styleOf(barrel), semicolon };
  const value = inBarrel ? name : memberText(source.program.body, declaration, barrel, { follow, style });

  if (shape.list && (inBarrel || isBound(source.program.body, name))) {
    const edits = [longerObject(barrel, shape.list, name, style)];
    return { title: `add \`${name}\` to module.exports in ${file}`, edits };
  }
  if (shape.list) {
    const statement = `const ${name} = ${value}${style.semicolon}`;
    const at = lineStart(text, shape.statement.start);
    return {
      title: `add \`${statement}\` and \`${name}\` in module.exports to ${file}`,
      edits: [
        { file, start: at, end: at, text: `${statement}${style.newline}` },
        longerObject(barrel, shape.list, name, style),
      ],
    };
  }
  const statement = `${shape.target}.${name} = ${value}${style.semicolon}`;
  const lineEnd = text.indexOf('\n', shape.statement.end);
  const start = lineEnd < 0 ? text.length : lineEnd + 1;
  const gap = lineEnd < 0 ? style.newline : '';
  const edit = { file, start, end: start, text: `${gap}${statement}${style.newline}` };
  return { title: `add \`${statement}\` to ${file}`, edits: [edit] };
}

interface Shape {
  /** The last statement that exports something. */
  readonly statement: Node;
  /** What names are assigned to: `exports` or `module.exports`. */
  readonly target: string;
  /** The object assigned to module.exports, if Node detects a shorthand entry in it. */
  readonly list?: ObjectExpression;
}

function shapeOf(body: readonly Node[]): Shape | undefined {
  let shape: Shape | undefined;
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement') continue;
    const { expression } = statement;
    if (expression.type === 'CallExpression' && isDefineProperty(expression)) {
      shape = { statement, target: shape?.target ?? 'exports' };
      continue;
    }
    if (expression.type !== 'AssignmentExpression') continue;
    const { left, right } = expression;
    if (isModuleExports(left)) {
      const object = right.type === 'AssignmentExpression' ? right.right : right;
      if (object.type !== 'ObjectExpression') return undefined;
      const listed = object.properties.length === 0 || isShorthand(object.properties[0]!);
      shape = { statement, target: 'module.exports', ...(listed && { list: object }) };
    } else if (left.type === 'MemberExpression' && isExports(left.object)) {
      // After `module.exports = {…}`, the variable `exports` no longer refers to the exported
      // object.
      const target = left.object.type === 'Identifier' ? 'exports' : 'module.exports';
      shape = {
        ...shape,
        statement: shape?.list ? shape.statement : statement,
        target: shape?.list ? shape.target : target,
      };
    }
  }
  return shape;
}

function isExports(node: Node): boolean {
  return (node.type === 'Identifier' && node.name === 'exports') || isModuleExports(node);
}

function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'exports'
  );
}

function isDefineProperty({
  callee,
  arguments: [first],
}: Extract<Node, { type: 'CallExpression' }>): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'defineProperty' &&
    first !== undefined &&
    isExports(first)
  );
}

function isShorthand(property: ObjectExpression['properties'][number]): boolean {
  return property.type === 'Property' && (property.shorthand || property.value.type === 'Identifier');
}

/**
 * Adds a name after the leading entries that are plain names. After other entries, Node may not
 * detect it.
 */
function longerObject(
  { file, text }: Barrel,
  object: ObjectExpression,
  name: string,
  style: BarrelStyle,
): Edit {
  const other = object.properties.findIndex((property) => !isShorthand(property));
  const last = other < 0 ? object.properties.at(-1) : object.properties[other - 1];
  if (!last) {
    const at = object.start + 1;
    return { file, start: at, end: at, text: ` ${name} ` };
  }
  const isMultiline = text.slice(object.start, last.start).includes('\n');
  const indent = /[ \t]*$/.exec(text.slice(0, last.start))![0];
  const gap = isMultiline ? `${style.newline}${indent}` : ' ';
  return { file, start: last.end, end: last.end, text: `,${gap}${name}` };
}

/** `require('./x').name`, or `x.name` if the barrel has that module in a constant. */
function memberText(
  body: readonly Node[],
  declaration: FoundDeclaration,
  barrel: Barrel,
  { follow, style }: { readonly follow: Follow; readonly style: BarrelStyle },
): string {
  const member = declaration.exportedAs ?? '';
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      const specifier = id.type === 'Identifier' ? requiredBy(init) : undefined;
      const request = barrel.record.requests.find(
        ({ start, end }) => init && start > init.start && end < init.end,
      );
      if (specifier !== undefined && request && follow(request) === declaration.file)
        return `${(id as { name: string }).name}.${member}`;
    }
  }
  return `require(${relativeSpecifier(barrel.file, declaration.file, style)}).${member}`;
}

function requiredBy(init: Node | null): string | undefined {
  const isCall =
    init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require';
  return isCall ? constantString(init.arguments[0]) : undefined;
}

/** Whether the barrel already declares the name without exporting it. */
function isBound(body: readonly Node[], name: string): boolean {
  return body.some(
    (statement) =>
      statement.type === 'VariableDeclaration' &&
      statement.declarations.some(
        ({ id }) =>
          (id.type === 'Identifier' && id.name === name) ||
          (id.type === 'ObjectPattern' &&
            id.properties.some(
              (property) =>
                property.type === 'Property' &&
                property.value.type === 'Identifier' &&
                property.value.name === name,
            )),
      ),
  );
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}
