import { bodyOf, declarationOf } from './declarations.mjs';
import { isTypeOnly } from './plan-workspace.mjs';

/**
 * The texts of one planned module: the source, and the output of tsc for it. Bodies are written once, with marks: `⟦…⟧` is only in
 * the source, `⟬…⟭` is only in the output, and `⟪name⟫` uses an imported binding. CommonJS output reads it from the module object.
 *
 * @typedef {import('./plan-workspace.mjs').FeatureModule} FeatureModule
 * @typedef {{ source: string; esm: string; commonjs: string; declarations: string }} Texts
 */

/** @param {FeatureModule} module @returns {Texts} */
export function renderModule(module) {
  const values = module.imports.flatMap(({ names }) =>
    names.filter((name) => !isTypeOnly(name)).map(({ name }) => name),
  );
  const namespaces = new Map(
    module.imports.flatMap((one, at) =>
      one.form === 'namespace' ? one.names.map(({ name }) => [name, `ns${at}`]) : [],
    ),
  );
  const marked = module.declared.map((declared) => bodyOf(declared, module, values)).join('\n');
  const used = new Set([...marked.matchAll(/⟪(\w+)⟫/g)].map(([, name]) => name));
  const qualify = (name) => (namespaces.has(name) ? `${namespaces.get(name)}.${name}` : name);
  const source = marked.replace(/⟬[^⟭]*⟭|[⟦⟧]/g, '').replace(/⟪(\w+)⟫/g, (_, name) => qualify(name));
  const plain = marked.replace(/⟦[^⟧]*⟧|[⟬⟭]/g, '').replace(/\n{3,}/g, '\n\n');
  return {
    source: `${module.imports.map(sourceImport).join('\n')}\n\n${source}`,
    esm: `${module.imports.map((one, at) => emittedImport(one, at, used)).join('')}${plain.replace(/⟪(\w+)⟫/g, (_, name) => qualify(name)).trimStart()}`,
    commonjs: renderCommonJs(module, plain, used),
    declarations: renderDeclarations(module),
  };
}

function sourceImport({ specifier, form, names }, at) {
  if (form === 'namespace') return `import * as ns${at} from '${specifier}';`;
  const list = names
    .map((name) => (form === 'mixed' && isTypeOnly(name) ? `type ${name.name}` : name.name))
    .join(', ');
  return `import ${form === 'type' ? 'type ' : ''}{ ${list} } from '${specifier}';`;
}

/** The output has no import of a name that is only a type or is not used as a value. */
function emittedImport({ specifier, form, names }, at, used) {
  const values = names.filter(({ name }) => used.has(name));
  if (values.length === 0) return '';
  if (form === 'namespace') return `import * as ns${at} from '${specifier}';\n`;
  return `import { ${values.map(({ name }) => name).join(', ')} } from '${specifier}';\n`;
}

function renderCommonJs(module, plain, used) {
  const from = new Map(
    module.imports.flatMap((one, at) => one.names.map(({ name }) => [name, `module_${at}`])),
  );
  const requires = module.imports
    .map((one, at) =>
      one.names.some(({ name }) => used.has(name))
        ? `const module_${at} = require("${one.specifier}");\n`
        : '',
    )
    .join('');
  const body = plain
    .replace(/⟪(\w+)⟫\(/g, (_, name) => `(0, ${from.get(name)}.${name})(`)
    .replace(/⟪(\w+)⟫/g, (_, name) => `${from.get(name)}.${name}`)
    .replace(/^export (const|var) (\w+)/gm, (_, keyword, name) => `${keyword} ${name}`)
    .replace(/^export /gm, '');
  const values = module.declared.filter((one) => !isTypeOnly(one)).map(({ name }) => name);
  return `${COMMONJS_HEAD}${values.map((name) => `exports.${name} = `).join('')}void 0;\n${requires}${body.trimStart()}${values
    .map((name) => `exports.${name} = ${name};\n`)
    .join('')}`;
}

function renderDeclarations(module) {
  const types = module.imports
    .map(({ specifier, names }) => ({ specifier, names: names.filter(isTypeOnly) }))
    .filter(({ names }) => names.length > 0)
    .map(
      ({ specifier, names }) =>
        `import type { ${names.map(({ name }) => name).join(', ')} } from '${specifier}';\n`,
    );
  return `${types.join('')}${module.declared.map((declared) => declarationOf(declared, module)).join('\n')}`;
}

export const COMMONJS_HEAD =
  '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';
