import type { Node } from 'oxc-parser';
import type { NameKind } from '../model/package-surface.js';
import type { FilePath, Place } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { languageOf } from '../parse/language-of.js';
import { parseSource } from '../parse/parse-source.js';
import type { ParsedSource } from '../parse/parse-source.js';
import { remembered } from '../collections/remembered.js';

/** Says what names are, by their declarations. It reads each file once, and only for this question. */
export class DeclaredKinds {
  readonly #disk: Disk;
  readonly #files = new Map<FilePath, ReadonlyMap<number, NameKind>>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** @param place where a name is declared */
  of({ file, start }: Place): NameKind | undefined {
    return remembered(this.#files, file, () => this.#read(file)).get(start);
  }

  #read(file: FilePath): ReadonlyMap<number, NameKind> {
    const language = languageOf(file);
    const text = this.#disk.readText(file);
    if (text === undefined || language === 'json' || language === 'asset') return new Map();
    const source = parseSource(text, language, /\.([^.]+)$/.exec(file)?.[1] ?? '');
    return source.syntaxError ? new Map() : kindsIn(source);
  }
}

/** The kinds of all declared names of a file, by the offset of the name. */
function kindsIn({ program, text }: Pick<ParsedSource, 'program' | 'text'>): ReadonlyMap<number, NameKind> {
  const kinds = new Map<number, NameKind>();
  const visit = (statements: readonly Node[]): void => {
    for (const statement of statements) visitStatement(statement);
  };
  const visitStatement = (node: Node): void => {
    switch (node.type) {
      case 'ExportNamedDeclaration':
        if (node.declaration) visitStatement(node.declaration);
        break;
      case 'ExportDefaultDeclaration': {
        const kind = kindOfValue(node.declaration);
        kinds.set(node.start, kind);
        kinds.set(text.indexOf('default', node.start), kind);
        kinds.set(node.declaration.start, kind);
        visitStatement(node.declaration);
        break;
      }
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        if (node.id) kinds.set(node.id.start, 'function');
        break;
      case 'ClassDeclaration':
        if (node.id) kinds.set(node.id.start, 'class');
        break;
      case 'TSEnumDeclaration':
        kinds.set(node.id.start, 'enum');
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        kinds.set(node.id.start, 'type');
        break;
      case 'TSModuleDeclaration':
        if (node.id.type === 'Identifier') kinds.set(node.id.start, 'namespace');
        if (node.body?.type === 'TSModuleBlock') visit(node.body.body);
        break;
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          if (id.type !== 'Identifier') continue;
          const declared = id.typeAnnotation?.typeAnnotation;
          kinds.set(id.start, declared ? kindOfType(declared) : init ? kindOfValue(init) : 'const');
        }
        break;
      default:
    }
  };
  visit(program.body);
  return kinds;
}

function kindOfType(node: Node): NameKind {
  switch (node.type) {
    case 'TSFunctionType':
      return 'function';
    case 'TSConstructorType':
      return 'class';
    case 'TSTypeLiteral':
      return node.members.some((member) =>
        ['TSCallSignatureDeclaration', 'TSConstructSignatureDeclaration'].includes(member.type),
      )
        ? 'const'
        : 'object';
    default:
      return 'const';
  }
}

function kindOfValue(node: Node): NameKind {
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return 'function';
    case 'ClassExpression':
    case 'ClassDeclaration':
      return 'class';
    case 'TSInterfaceDeclaration':
      return 'type';
    case 'ObjectExpression':
    case 'ArrayExpression':
      return 'object';
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return kindOfValue(node.expression);
    default:
      return 'const';
  }
}
