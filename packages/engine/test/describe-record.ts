import type {
  AmbientModule,
  ExportEntry,
  LocalDeclaration,
  MemberName,
  ModuleRequest,
  RequestedName,
} from '../src/model/module-record.js';

/**
 * A request as one line: `require x (guarded): a, b?, type T; escapes`. For tests and for people
 * who debug a record.
 */
export function describeRequest({
  form,
  specifier,
  typeOnly,
  guarded,
  names,
  namespace,
}: ModuleRequest): string {
  const marks = `${typeOnly ? ' (type)' : ''}${guarded ? ' (guarded)' : ''}`;
  const asked = names.length > 0 ? `: ${names.map(describeName).join(', ')}` : '';
  return `${form} ${specifier}${marks}${asked}${namespace ? `; ${namespace}` : ''}`;
}

function describeName({ name, typeOnly, optional, via }: RequestedName): string {
  const place = via === 'member' ? '.' : '';
  return `${typeOnly ? 'type ' : ''}${place}${name}${optional ? '?' : ''}`;
}

/** An export as one line: `a = local b`, `a = x from 0`, `* from 0`. */
export function describeExport(entry: ExportEntry): string {
  switch (entry.kind) {
    case 'assignment': {
      const members = entry.members.map(describeMember).join(', ');
      const from = entry.request === undefined ? '' : ` from ${entry.request}`;
      return `=${from} { ${members} }${entry.open === undefined ? '' : ' open'}`;
    }
    case 'star':
      return `${entry.typeOnly ? 'type ' : ''}* from ${entry.request}`;
    case 'namespace':
      return `${entry.typeOnly ? 'type ' : ''}${entry.name} = * from ${entry.request}`;
    case 'indirect':
      return `${entry.typeOnly ? 'type ' : ''}${entry.name} = ${entry.importName} from ${entry.request}`;
    default:
      return `${entry.typeOnly ? 'type ' : ''}${entry.name} = local ${entry.local ?? '-'}`;
  }
}

/** A declaration as one line: `exported value+type E { A: value }`. */
export function describeLocal({ name, exported, constEnum, members, ...meaning }: LocalDeclaration): string {
  const marks = `${exported ? 'exported ' : ''}${constEnum ? 'const ' : ''}`;
  return `${marks}${meaningOf(meaning)} ${name}${members ? ` { ${members.map(describeMember).join(', ')} }` : ''}`;
}

/** An ambient module as one line. */
export function describeAmbient({ specifier, augments, exports, locals }: AmbientModule): string {
  const parts = [...exports.map(describeExport), '|', ...locals.map(describeLocal)];
  return `${augments ? 'augments' : 'declares'} ${specifier}: ${parts.join('; ')}`;
}

function describeMember(member: MemberName): string {
  return `${member.name}: ${meaningOf(member)}`;
}

function meaningOf({ value, type }: { readonly value: boolean; readonly type: boolean }): string {
  return [value && 'value', type && 'type'].filter(Boolean).join('+') || 'nothing';
}
