/**
 * The files of a package with many entry points: `./*` in two formats, like a package of icons.
 *
 * @param {{ name: string; folder: string; entries: number }} options
 * @returns {Map<string, string>} path → text
 */
export function renderWidePackage({ name, folder, entries }) {
  const files = new Map();
  const write = (path, text) => files.set(`${folder}/${path}`, text);
  const variants = (path) => ({
    import: { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` },
    require: { types: `./dist/cjs/${path}.d.ts`, default: `./dist/cjs/${path}.js` },
  });
  const exports = { '.': variants('index'), './*': variants('icons/*') };
  write('package.json', JSON.stringify({ name, version: '1.0.0', type: 'module', exports, files: ['dist'] }));
  write('dist/cjs/package.json', '{ "type": "commonjs" }\n');
  const icons = Array.from({ length: entries }, (_, at) => `icon${at}`);
  for (const icon of icons) {
    const declaration = `export declare const ${icon}: { d: string };\n`;
    write(`src/icons/${icon}.ts`, `export const ${icon}: { d: string } = { d: 'M0 0' };\n`);
    write(`dist/icons/${icon}.js`, `export const ${icon} = { d: 'M0 0' };\n`);
    write(`dist/icons/${icon}.d.ts`, declaration);
    write(`dist/cjs/icons/${icon}.js`, `"use strict";\nexports.${icon} = { d: 'M0 0' };\n`);
    write(`dist/cjs/icons/${icon}.d.ts`, declaration);
  }
  const barrel = icons.map((icon) => `export { ${icon} } from './icons/${icon}.js';\n`).join('');
  for (const file of ['src/index.ts', 'dist/index.js', 'dist/index.d.ts', 'dist/cjs/index.d.ts'])
    write(file, barrel);
  const required = icons.map((icon) => `exports.${icon} = require('./icons/${icon}.js').${icon};\n`);
  write('dist/cjs/index.js', `"use strict";\n${required.join('')}`);
  return files;
}
