import type { Node, ObjectExpression } from 'oxc-parser';
import type { FederationConfig } from '../model/federation.js';
import { constantName, constantString, innermost } from './tree/node.js';
import { parseSource } from './parse-source.js';

/** Reads `name`, `remotes` and `exposes` of module federation, wherever a configuration has them; undefined if it has none. */
export function federationConfig(text: string, extension: string): FederationConfig | undefined {
  const source = parseSource(text, /^[cm]?ts$/.test(extension) ? 'ts' : 'js', extension);
  if (source.syntaxError) return undefined;
  const found: Found = { remotes: [], exposes: [], open: false };
  for (const object of objectsIn(source.program)) readObject(object, found);
  const isEmpty = found.remotes.length === 0 && found.exposes.length === 0 && !found.exposesAt && !found.open;
  return isEmpty ? undefined : found;
}

type Found = {
  -readonly [Key in keyof FederationConfig]: FederationConfig[Key] extends readonly (infer Item)[]
    ? Item[]
    : FederationConfig[Key];
};

function readObject(object: ObjectExpression, found: Found): void {
  const values = propertiesOf(object);
  const remotes = values.get('remotes');
  const exposes = values.get('exposes');
  if (!remotes && !exposes) return;
  const name = constantString(values.get('name'));
  if (name !== undefined) found.name ??= name;
  if (remotes) found.remotes.push(...remotesIn(remotes));
  if (!exposes) return;
  found.exposesAt = { start: exposes.start, end: exposes.end };
  if (exposes.type !== 'ObjectExpression') {
    found.open = true;
    return;
  }
  const listed = propertiesOf(exposes);
  if (listed.size < exposes.properties.length) found.open = true;
  for (const [key, value] of listed) {
    const path = constantString(value) ?? importOf(value);
    found.exposes.push({ key, ...(path !== undefined && { path }) });
  }
}

/** `{ import: './src/x.ts' }` */
function importOf(value: Node): string | undefined {
  return value.type === 'ObjectExpression' ? constantString(propertiesOf(value).get('import')) : undefined;
}

/** `['cart', ['shop', 'http://…']]`, or `{ cart: 'cart@http://…' }` */
function remotesIn(value: Node): FederationConfig['remotes'] {
  if (value.type === 'ObjectExpression') {
    return [...propertiesOf(value)].map(([name, target]) => {
      const text = constantString(target);
      return { name, container: /^([^@/:]+)@/.exec(text ?? '')?.[1] ?? name };
    });
  }
  if (value.type !== 'ArrayExpression') return [];
  return value.elements.flatMap((element) => {
    const item = element && innermost(element);
    const first = item?.type === 'ArrayExpression' ? item.elements[0] : item;
    const name = constantString(first);
    return name === undefined ? [] : [{ name, container: name }];
  });
}

function propertiesOf(object: ObjectExpression): ReadonlyMap<string, Node> {
  const values = new Map<string, Node>();
  for (const property of object.properties) {
    if (property.type !== 'Property') continue;
    const name = constantName(property.key, property.computed)?.name;
    if (name !== undefined) values.set(name, innermost(property.value));
  }
  return values;
}

function objectsIn(node: unknown): readonly ObjectExpression[] {
  if (Array.isArray(node)) return node.flatMap(objectsIn);
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'parent' ? [] : objectsIn(value)));
  return 'type' in node && node.type === 'ObjectExpression' ? [node as ObjectExpression, ...inner] : inner;
}
