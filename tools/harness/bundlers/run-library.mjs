// `node run-library.mjs <package>`: imports every entry point of a library of the examples and uses all of it, from the folder
// that it is started in. Exit status 1 when anything that it asks for is not there.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const name = process.argv[2];
const from = pathToFileURL(join(process.cwd(), 'consumer.mjs')).href;
const load = (specifier) => import(resolveFrom(specifier));

const { greet, loadLocale } = await load(name);
const { useFixedGreeting } = await load(`${name}/testing`);
await loadLocale('de');
useFixedGreeting('Hi');
console.log([greet('Ada'), greet('Ada', 'de'), greet('Ada', 'test')].join('\n'));

/** `import.meta.resolve` takes no parent without a flag; the examples' entry points have one target for all conditions. */
function resolveFrom(specifier) {
  return pathToFileURL(createRequire(from).resolve(specifier)).href;
}
