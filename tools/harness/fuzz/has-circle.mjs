import { posix } from 'node:path';

/**
 * Whether modules of a workspace re-export or import each other in a cycle, by the relative specifiers in their text.
 *
 * @param {import('./workspace.mjs').Workspace} workspace
 */
export function hasCircle({ modules }) {
  const targets = new Map(modules.map(({ path, chunks }) => [path, targetsOf(path, chunks.join('\n'))]));
  const done = new Set();
  const isInCycle = (path, way) => {
    if (way.has(path)) return true;
    if (done.has(path)) return false;
    const found = (targets.get(path) ?? []).some((target) => isInCycle(target, new Set([...way, path])));
    done.add(path);
    return found;
  };
  return modules.some(({ path }) => isInCycle(path, new Set()));
}

function targetsOf(path, text) {
  const declares = path.endsWith('.d.ts');
  return [...text.matchAll(/["'](\.{1,2}\/[^"']*)["']/g)].map(([, specifier]) => {
    const target = posix.join(posix.dirname(path), specifier);
    return declares ? target.replace(/\.js$/, '.d.ts') : target;
  });
}
