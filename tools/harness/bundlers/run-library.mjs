// `node run-library.mjs <package>`: imports every entry point of an example library and uses every export, from the current
// folder. Exit status 1 if anything is missing.
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

/** `import.meta.resolve` needs a flag to accept a parent. The entry points of the examples have one target for all conditions. */
function resolveFrom(specifier) {
  return pathToFileURL(createRequire(from).resolve(specifier)).href;
}
