import { isTypeOnly } from './plan-workspace.mjs';
import { COMMONJS_HEAD, renderModule } from './render-module.mjs';

/**
 * All files of one planned package, paths relative to its folder: sources, built output, manifest.
 *
 * @param {import('./plan-workspace.mjs').PlannedPackage} plan
 * @returns {Map<string, string>}
 */
export function renderPackage(plan) {
  const files = new Map([['package.json', `${JSON.stringify(manifestOf(plan), null, 2)}\n`]]);
  const modules = new Map(plan.modules.map((module) => [module.file, module]));
  const moduleOf = (file) => /** @type {import('./plan-workspace.mjs').FeatureModule} */ (modules.get(file));
  const put = (name, texts) => {
    files.set(`src/${name}.ts`, texts.source);
    files.set(`dist/${name}.js`, texts.esm);
    files.set(`dist/${name}.d.ts`, texts.declarations);
    if (!plan.dual) return;
    files.set(`dist/cjs/${name}.js`, texts.commonjs);
    files.set(`dist/cjs/${name}.d.ts`, texts.declarations);
  };
  for (const module of plan.modules) put(module.file, renderModule(module));
  put('index', renderBarrel(plan.barrel.map(({ file, form }) => ({ module: moduleOf(file), form }))));
  put('testing', renderBarrel(plan.testing.map((file) => ({ module: moduleOf(file), form: 'named' }))));
  if (plan.dual) files.set('dist/cjs/package.json', '{ "type": "commonjs" }\n');
  return files;
}

function manifestOf({ name, dual, dependencies }) {
  const entry = (file) => {
    const esm = { types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` };
    if (!dual) return { types: esm.types, import: esm.default };
    return { import: esm, require: { types: `./dist/cjs/${file}.d.ts`, default: `./dist/cjs/${file}.js` } };
  };
  return {
    name,
    version: '1.0.0',
    type: 'module',
    exports: { '.': entry('index'), './testing': entry('testing'), './package.json': './package.json' },
    files: ['dist'],
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '^1.0.0'])),
  };
}

/** @param {{ module: import('./plan-workspace.mjs').FeatureModule; form: 'named' | 'star' }[]} entries */
function renderBarrel(entries) {
  const texts = { source: '', esm: '', commonjs: '', declarations: '' };
  const hoisted = [];
  for (const [at, { module, form }] of entries.entries()) {
    const from = `'./${module.file}.js'`;
    if (form === 'star') {
      texts.source += `export * from ${from};\n`;
      texts.esm += `export * from ${from};\n`;
      texts.declarations += `export * from ${from};\n`;
      texts.commonjs += `__exportStar(require("./${module.file}.js"), exports);\n`;
      continue;
    }
    const values = module.declared.filter((one) => !isTypeOnly(one)).map(({ name }) => name);
    const types = module.declared.filter(isTypeOnly).map(({ name }) => `type ${name}`);
    texts.source += `export { ${[...values, ...types].join(', ')} } from ${from};\n`;
    texts.declarations += `export { ${[...values, ...types].join(', ')} } from ${from};\n`;
    texts.esm += `export { ${values.join(', ')} } from ${from};\n`;
    texts.commonjs += `var module_${at} = require("./${module.file}.js");\n`;
    for (const name of values) {
      texts.commonjs += `Object.defineProperty(exports, "${name}", { enumerable: true, get: function () { return module_${at}.${name}; } });\n`;
      hoisted.push(name);
    }
  }
  const forward =
    hoisted.length > 0 ? `${hoisted.map((name) => `exports.${name} = `).join('')}void 0;\n` : '';
  return { ...texts, commonjs: `${EXPORT_STAR}${COMMONJS_HEAD}${forward}${texts.commonjs}` };
}

/** tsc writes this text into each file that needs it. */
const EXPORT_STAR = `"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
`;
