import { hash } from 'node:crypto';
import { declaredRequests } from './declared-requests.js';
import type { DeclaredRequests } from './declared-requests.js';
import { localPathsIn, mayLinkOtherwise } from './local-paths.js';
import { mayImportBare } from './may-import-bare.js';
import { mentionedIn, mentionsAny } from './mentions.js';

/**
 * What the tests of this folder say about one text, as plain data, so that no one has to read the
 * text again for them.
 */
export interface TextScan {
  /** Whether the text may import a workspace package. */
  readonly mentions: boolean;
  /** Its quoted parts that may be specifiers of workspace packages; not those with escapes. */
  readonly mentioned: readonly string[];
  /** Whether escapes, or lines that continue in a string, may hide a specifier. */
  readonly hidden: boolean;
  /** See `mayImportBare`. */
  readonly importsBare: boolean;
  /** See `localPathsIn`. */
  readonly localPaths: readonly string[];
  /** See `mayLinkOtherwise`. */
  readonly linksOtherwise: boolean;
  /** See `declaredRequests`. Only for declarations. */
  readonly declared?: DeclaredRequests;
  /** Whether it may say in which mode an import is resolved. */
  readonly setsMode: boolean;
  /** Whether it may replace a function with which Node resolves specifiers. */
  readonly replacesResolve: boolean;
}

export interface TextScanner {
  /** The same for scanners that find the same in every text. */
  readonly key: string;
  scan(text: string, isDeclaration: boolean): TextScan;
}

/** @param names as for `mentionsAny` */
export function textScanner(names: readonly string[]): TextScanner {
  const mentions = mentionsAny(names);
  const mentioned = mentionedIn(names);
  return {
    key: hash('sha256', [...new Set(names)].sort().join('\n'), 'base64url').slice(0, 16),
    scan(text, isDeclaration) {
      const found = mentions(text);
      const declared = isDeclaration ? declaredRequests(text) : undefined;
      return {
        mentions: found,
        mentioned: found ? [...mentioned(text)] : [],
        hidden: HIDDEN.test(text),
        importsBare: mayImportBare(text),
        localPaths: declared?.local ?? localPathsIn(text),
        linksOtherwise: mayLinkOtherwise(text),
        ...(declared && { declared }),
        setsMode: text.includes('resolution-mode'),
        replacesResolve: REPLACES_RESOLVE.test(text),
      };
    },
  };
}

const HIDDEN = /\\[xu\r\n]/;
const REPLACES_RESOLVE = /\b_resolveFilename\s*=(?!=)/;
