import { parse } from 'cjs-module-lexer';
import type { CommonJsFacts } from '../../model/commonjs-facts.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { readExports } from './exports-reading.js';

const NOTHING: CommonJsFacts = {
  lexed: { exports: [], reexports: [] },
  assigned: [],
  assignedFrom: [],
  open: [],
};

/**
 * The exports of a CommonJS module: for Node's named imports (the lexer's view), and for `require`
 * and bundlers (the assigned names).
 *
 * @param index the tree; undefined if the text cannot change `exports` at all
 */
export function commonJsFacts(text: string, index: TreeIndex | undefined): CommonJsFacts {
  return index ? { lexed: lexed(text), ...readExports(index) } : NOTHING;
}

/** If the lexer fails on a module, Node still imports it, with `default` as its only name. */
function lexed(text: string): CommonJsFacts['lexed'] {
  try {
    const { exports, reexports } = parse(text);
    return { exports: [...new Set(exports)], reexports: [...new Set(reexports)] };
  } catch {
    return NOTHING.lexed;
  }
}
