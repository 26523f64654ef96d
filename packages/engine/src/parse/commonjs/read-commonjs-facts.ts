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
 * What a CommonJS module offers: to Node's named imports (the lexer's view) and to `require` and bundlers (the code's).
 *
 * @param index the tree; undefined where the text cannot touch `exports` at all
 */
export function commonJsFacts(text: string, index: TreeIndex | undefined): CommonJsFacts {
  return index ? { lexed: lexed(text), ...readExports(index) } : NOTHING;
}

/** Node imports a module that the lexer gives up on all the same, with no names but `default`. */
function lexed(text: string): CommonJsFacts['lexed'] {
  try {
    const { exports, reexports } = parse(text);
    return { exports: [...new Set(exports)], reexports: [...new Set(reexports)] };
  } catch {
    return NOTHING.lexed;
  }
}
