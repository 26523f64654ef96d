import type { Declaration, Node as CssNode } from 'postcss';
import { cssParser, cssValueParser } from './libraries.js';
import { isElsewhere } from './written-url.js';
import type { WrittenUrl } from './written-url.js';

/**
 * What a style sheet refers to: `@import` and `url()`, in the order of the text.
 *
 * @param offset the start of the text in its file
 * @throws an Error with a message if the text is no CSS
 */
export function styleUrls(text: string, offset = 0): readonly WrittenUrl[] {
  if (!/@import|url\(|image-set\(/i.test(text)) return [];
  const found: WrittenUrl[] = [];
  const root = cssParser()(text);
  root.walk((node) => {
    if (node.type === 'atrule' && node.name.toLowerCase() === 'import') {
      const [url] = urlsIn(node.params, true);
      if (url !== undefined) found.push(at(node, url, 'style', text, offset));
    } else if (node.type === 'decl' && /url\(|image-set\(/i.test(node.value)) {
      const urls = urlsIn(node.value, false);
      // Of several formats of one font, browsers use the first that they know.
      const soft = urls.length > 1 && isFontSource(node);
      for (const url of urls) found.push({ ...at(node, url, 'asset', text, offset), ...(soft && { soft }) });
    }
  });
  return found;
}

function isFontSource(node: Declaration): boolean {
  return node.prop.toLowerCase() === 'src';
}

/** The URLs in a value that refer to files. */
function urlsIn(value: string, isImport: boolean): readonly string[] {
  const urls: string[] = [];
  cssValueParser()(value).walk((node, at) => {
    if (node.type === 'function' && node.value.toLowerCase() === 'url') {
      const [inner] = node.nodes;
      if (inner && (inner.type === 'word' || inner.type === 'string')) urls.push(inner.value);
      return false;
    }
    if (node.type === 'function' && /image-set$/i.test(node.value)) {
      urls.push(...node.nodes.flatMap((inner) => (inner.type === 'string' ? inner.value : [])));
    }
    if (isImport && at === 0 && node.type === 'string') urls.push(node.value);
    return undefined;
  });
  return urls.filter((url) => !isElsewhere(url));
}

function at(node: CssNode, url: string, use: WrittenUrl['use'], text: string, offset: number): WrittenUrl {
  const from = node.source?.start?.offset ?? 0;
  const found = text.indexOf(url, from);
  const start = offset + (found === -1 ? from : found);
  return { url, use, start, end: start + (found === -1 ? 1 : url.length) };
}
