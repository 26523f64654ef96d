// The baseline: one single-threaded pass of oxc-parser over all sources of a workspace. Usage: node parse-sources.mjs <root> [--javascript]
// With `--javascript`, it is a pass over the JavaScript of published packages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

const [root, ...flags] = process.argv.slice(2);
const isJavaScript = flags.includes('--javascript');
let statements = 0;
for (const file of isJavaScript ? scriptsIn(join(root, 'packages')) : sourcesIn(join(root, 'packages'))) {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors.length > 0 && !isJavaScript) throw new Error(`${file}: ${errors[0].message}`);
  // The parser copies the tree from Rust only when the property is read.
  statements += program.body.length;
}
console.log(statements);

function sourcesIn(packages) {
  return readdirSync(packages).flatMap((name) => {
    const folder = join(packages, name, 'src');
    return readdirSync(folder).map((file) => join(folder, file));
  });
}

function scriptsIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : scriptsIn(path);
    return entry.isFile() && /\.[cm]?js$/.test(entry.name) ? [path] : [];
  });
}
