/** What the panel shows. It is in the address, so that it can be linked to. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'findings' }
  | { readonly view: 'package'; readonly name: string; readonly entryPoint?: string }
  | { readonly view: 'finding'; readonly fingerprint: string };

/** Reads the part of an address after `#`. What it does not know is the overview. */
export function readRoute(hash: string): Route {
  const [view, first, second] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (view === 'findings') return { view };
  if (view === 'finding' && first) return { view, fingerprint: first };
  if (view === 'package' && first) return { view, name: first, ...(second && { entryPoint: second }) };
  return { view: 'overview' };
}

export function linkTo(route: Route): string {
  if (route.view === 'overview') return '#/';
  if (route.view === 'findings') return '#/findings';
  if (route.view === 'finding') return `#/finding/${encodeURIComponent(route.fingerprint)}`;
  const entry = route.entryPoint === undefined ? '' : `/${encodeURIComponent(route.entryPoint)}`;
  return `#/package/${encodeURIComponent(route.name)}${entry}`;
}

/** A link that was cut or edited by hand may not be decodable. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
