import type { Node } from 'jsonc-parser';
import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import type { Manifest, PackageJson } from '../model/workspace.js';
import type { Place } from '../model/place.js';

const trees = new WeakMap<Manifest, Node | null>();

/**
 * The place of a key or value in a manifest's text. For a field that `publishConfig` replaced, this
 * is the place under `publishConfig`. If the path does not exist, it is the place of its deepest
 * existing part.
 *
 * @param path keys and array indices from the top (`['exports', '.', 'import']`)
 * @param which the property's name, quotes included, or its value
 */
export function locateInManifest(
  manifest: Manifest,
  path: readonly (string | number)[],
  which: 'key' | 'value',
): Place {
  const { file } = manifest;
  const tree = treeOf(manifest);
  if (!tree) return { file, start: 0, end: 0 };
  const full = isOverridden(manifest, tree, path[0]) ? ['publishConfig', ...path] : [...path];
  let node: Node | undefined;
  for (let length = full.length; !node; length--)
    node = length ? findNodeAtLocation(tree, full.slice(0, length)) : tree;
  const property = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  const chosen = (which === 'key' && property) || node;
  return { file, start: chosen.offset, end: chosen.offset + chosen.length };
}

/** Tolerant: a broken text still gives the part that could be read. */
function treeOf(manifest: Manifest): Node | undefined {
  let tree = trees.get(manifest);
  if (tree === undefined) {
    tree = parseTree(withoutByteOrderMark(manifest.text), [], { allowTrailingComma: true }) ?? null;
    trees.set(manifest, tree);
  }
  return tree ?? undefined;
}

/** The same length, so that offsets hold. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
}

/**
 * Whether the manifest's value of a field comes from `publishConfig`. Merging keeps the identity of
 * objects, so `===` is enough.
 */
function isOverridden(manifest: Manifest, tree: Node, field: string | number | undefined): boolean {
  const override = manifest.json.publishConfig?.[String(field)];
  if (override === undefined || override !== manifest.json[field as keyof PackageJson]) return false;
  const own = findNodeAtLocation(tree, [String(field)]);
  return !own || typeof override === 'object' || getNodeValue(own) !== override;
}
