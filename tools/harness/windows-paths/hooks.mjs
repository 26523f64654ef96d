// Module hooks: replaces these modules with the Windows versions in this folder.
const here = new URL('./', import.meta.url).href;
const STAND_INS = {
  'node:path': 'path.mjs',
  path: 'path.mjs',
  'node:fs': 'file-system.mjs',
  fs: 'file-system.mjs',
  'oxc-resolver': 'resolver.mjs',
};

export async function resolve(specifier, context, next) {
  const standIn = STAND_INS[specifier];
  if (standIn === undefined || context.parentURL?.startsWith(here)) return next(specifier, context);
  return { url: new URL(standIn, here).href, shortCircuit: true };
}
