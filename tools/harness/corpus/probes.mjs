import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The probes that show whether a finding is true, for Node or the TypeScript checker. One probe for each place of a finding.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Finding} Finding
 * @typedef {import('../../../packages/engine/src/model/module-record.js').ModuleRecord} ModuleRecord
 * @typedef {{ fingerprint: string; from: string; specifier: string; name?: string; conditions: string[] }} Question
 * @typedef {Question & ({ checkedBy: 'node'; mode: 'import' | 'require'; flags?: readonly string[] } | { checkedBy: 'typescript' } | { checkedBy: 'file'; file: string } | { checkedBy: 'manifest'; manifest: string; provider: string } | { checkedBy: 'range'; manifest: string; range: string } | { checkedBy: 'alone'; packageRoot: string; types: boolean; installed: string } | { checkedBy: 'format'; types: string; script: string } | { checkedBy: 'contents' } | { checkedBy: 'browsers' } | { checkedBy: 'loading'; flags: readonly string[]; failure: string; variable?: string })} Probe
 */

/** The number of places of a finding that are tried. They differ only in the importing file. */
const PLACES = 6;

/**
 * @param {{ root: string; finding: Finding; parse: (file: string, text: string) => ModuleRecord }} options
 * @returns {Probe[]} `from` is an absolute path
 */
export function probesFor({ root, finding, parse }) {
  const places = finding.affected.places.slice(0, PLACES);
  return places.flatMap((place) => {
    const probe = probeAt({ root, finding, place, parse });
    return probe ? [probe] : [];
  });
}

/** @returns {Probe | undefined} */
function probeAt({ root, finding, place, parse }) {
  const common = {
    fingerprint: finding.fingerprint,
    from: join(root, place.file),
    conditions: [...(finding.provider?.conditions ?? [])],
  };
  if (finding.rule === 'mismatched-types-format') {
    const { file, text } = finding.evidence.find(({ role }) => role === 'runtime') ?? {};
    const [, target, whole] = /→ (.*?)(?: \((.*)\))?$/.exec(text ?? '') ?? [];
    // The other places are imports, or more entry points like the first.
    if (target === undefined || place !== finding.affected.places[0]) return undefined;
    const script = whole ? join(root, whole) : join(root, dirname(file ?? place.file), target);
    const types = join(root, finding.provider.file);
    return { ...common, specifier: specifierOf(finding.provider), checkedBy: 'format', types, script };
  }
  if (finding.rule === 'declared-not-exported') {
    // The other places are more names of the same variants.
    if (place !== finding.affected.places[0]) return undefined;
    const declared = {
      ...common,
      conditions: [],
      specifier: specifierOf(finding.provider),
      ...nameOf(finding.name ?? /"([^"]+)"/.exec(finding.message)?.[1]),
    };
    // Node cannot load what bundlers take for browsers.
    if (finding.message.includes(' for browsers ')) return { ...declared, checkedBy: 'browsers' };
    return {
      ...declared,
      checkedBy: 'node',
      mode: finding.message.includes(' for require ') ? 'require' : 'import',
    };
  }
  if (finding.rule === 'refused-by-node' && place.file.endsWith('package.json')) {
    // An entry point that Node cannot load. The other places are more entry points with the same cause.
    const [, entryPoint, name] = /\("([^"]+)" of "([^"]+)"\)/.exec(finding.message) ?? [];
    if (name === undefined || place !== finding.affected.places[0]) return undefined;
    const specifier = specifierOf({ package: name, entryPoint });
    return { ...common, conditions: [], specifier, checkedBy: 'node', mode: 'import' };
  }
  const missing = missingFileOf({ root, finding, place });
  if (missing !== undefined) return { ...common, specifier: missing, checkedBy: 'file', file: missing };
  if (place.file.endsWith('package.json')) {
    const { provider } = finding;
    if (finding.rule === 'unsatisfied-workspace-range') {
      const line = readFileSync(common.from, 'utf8').split('\n')[place.line - 1];
      const [, name, range] =
        /"([^"]+)":\s*"([^"]*)"/.exec(line.slice(line.lastIndexOf(',', place.column - 2) + 1)) ?? [];
      const manifest = join(root, finding.evidence[0].file);
      return { ...common, specifier: name, checkedBy: 'range', manifest, range };
    }
    if (provider?.file)
      return {
        ...common,
        specifier: specifierOf(provider),
        checkedBy: 'file',
        file: join(root, provider.file),
      };
    return undefined;
  }
  const text = readFileSync(common.from, 'utf8');
  const offset = offsetOf(text, place);
  const request = requestAt(parse(place.file, text), offset);
  if (finding.rule === 'refused-by-node' && isAboutFile(finding)) {
    const loading = loadingOf(finding, place);
    return loading && { ...common, specifier: place.file, checkedBy: 'loading', ...loading };
  }
  if (!request) return undefined;
  // Only for imports that the package has. What its own bundle lacks is not probed.
  if (finding.rule === 'required-module-dropped')
    return finding.message.includes('bundlers of consumers drop')
      ? { ...common, specifier: request.specifier, checkedBy: 'contents' }
      : undefined;
  const requested = {
    ...common,
    specifier: request.specifier,
    ...nameOf(finding.name),
  };
  if (finding.rule === 'undeclared-external' || finding.rule === 'dev-only-external') {
    return {
      ...requested,
      checkedBy: 'alone',
      packageRoot: dirname(manifestOf(root, common.from)),
      types: /\.d\.[cm]?ts$/.test(place.file),
      installed: join(root, 'node_modules'),
    };
  }
  if (finding.rule === 'undeclared-workspace-dependency') {
    return {
      ...requested,
      checkedBy: 'manifest',
      manifest: manifestOf(root, common.from),
      provider: finding.provider?.package ?? '',
    };
  }
  if (isTypes(finding, request, place.file)) return { ...requested, checkedBy: 'typescript' };
  const flags = /oldest versions of Node .* cannot require/.test(finding.message) ? OLD_REQUIRE : [];
  return {
    ...requested,
    checkedBy: 'node',
    flags,
    mode: REQUIRE_FORMS.has(request.form) ? 'require' : 'import',
  };
}

/** Node before 20.19 and 22.12: `require` rejects ES modules. */
const OLD_REQUIRE = ['--no-experimental-require-module'];
/** Node before 20.19 and 22.7: without a "type", a .js file is CommonJS. */
const OLD_SYNTAX = ['--no-experimental-detect-module'];

/** Whether Node refuses the file itself, and not one of its imports. */
function isAboutFile({ message }) {
  return message.startsWith('This file has ES module syntax') || IS_VARIABLE.test(message);
}

const IS_VARIABLE = /^"(\w+)" is used in an ES module that Node runs/;

/** How Node loads a file that it refuses. Code that runs later does not fail when the file is loaded. */
function loadingOf({ message, evidence, affected }, place) {
  if (place !== affected.places[0] || evidence.some(({ role }) => role === 'when')) return undefined;
  const [, name] = IS_VARIABLE.exec(message) ?? [];
  if (name !== undefined)
    return { flags: [], variable: name, failure: `ReferenceError: ${name} is not defined` };
  const isOld = message.includes('oldest versions of Node');
  return { flags: isOld ? OLD_SYNTAX : [], failure: 'SyntaxError' };
}

/** The one file that a finding says does not exist, if the manifest or a page names it. */
function missingFileOf({ root, finding: { rule, message, provider, affected }, place }) {
  if (place !== affected.places[0]) return undefined;
  if (rule === 'missing-asset') {
    const [, file] = /build output does not contain (\S+)\.$/.exec(message) ?? [];
    return file === undefined ? undefined : join(root, file);
  }
  if (rule !== 'entry-file-missing' || provider?.file || !place.file.endsWith('package.json'))
    return undefined;
  const [, named] = /there is no (\S+), so imports fail/.exec(message) ?? [];
  if (named !== undefined) return join(root, named);
  const [, target] = /^"([^"*]+)" is listed as /.exec(message) ?? [];
  return target === undefined ? undefined : join(root, dirname(place.file), target);
}

/** @param {string | undefined} name */
function nameOf(name) {
  return name === undefined ? {} : { name };
}

const REQUIRE_FORMS = new Set(['require', 'import-equals', 'require-resolve']);

function isTypes(finding, request, file) {
  if (['missing-type-export', 'types-entry-missing', 'untyped-import'].includes(finding.rule)) return true;
  return request.typeOnly || /\.d\.[cm]?ts$/.test(file);
}

function specifierOf({ package: name, entryPoint }) {
  return entryPoint === '.' ? name : `${name}${entryPoint.slice(1)}`;
}

/** The request that has its specifier or one of its names at an offset. */
function requestAt(record, offset) {
  const covers = ({ start, end }) => start <= offset && offset < Math.max(end, start + 1);
  return record.requests.find((request) => covers(request) || request.names.some(covers));
}

/** @param {string} text @param {{ line: number; column: number }} position both from 1, columns in UTF-16 units */
export function offsetOf(text, { line, column }) {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

/** The manifest that is installed with a file: the outermost one below the workspace's root. A package may have others inside. */
function manifestOf(root, from) {
  let found = join(root, 'package.json');
  for (let folder = dirname(from); isBelow(root, folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    try {
      if (JSON.parse(readFileSync(file, 'utf8')).name) found = file;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return found;
}

function isBelow(root, folder) {
  const path = relative(root, folder);
  return path !== '' && !path.startsWith('..');
}
