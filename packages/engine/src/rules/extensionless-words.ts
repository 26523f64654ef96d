import type { ExtensionlessPath } from '../model/extensionless-path.js';
import type { FixIdea } from '../model/fix-idea.js';

/** The fix for a relative path in declarations that has no extension. */
export function withExtension({ specifier, file }: ExtensionlessPath): FixIdea {
  const extension = /\.d\.([cm]?)ts$/.exec(file)?.[1] ?? '';
  const isIndex = /\/index\.d\.[cm]?ts$/.test(file) && !/(^|\/)index$/.test(specifier);
  const written = `${specifier.replace(/\/$/, '')}${isIndex ? '/index' : ''}.${extension}js`;
  return {
    title: `write "${written}" in the source, or compile with "module": "nodenext", which reports such paths`,
    edits: [],
  };
}
