import { existsSync, readFileSync } from 'node:fs';
import semver from 'semver';
import { checkAlone } from './check-alone.mjs';
import { checkByLoading } from './check-by-loading.mjs';
import { checkFormat } from './check-format.mjs';
import { checkContents, checkForBrowsers } from './check-with-bundler.mjs';
import { checkWithNode } from './check-with-node.mjs';
import { checkWithTypeScript } from './check-with-typescript.mjs';
import { engineInternals } from '../fuzz/open-engine.mjs';
import { probesFor } from './probes.mjs';

/**
 * Checks every finding with Node, with the TypeScript checker, or by looking up the fact that it states.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Finding} Finding
 * @typedef {{ finding: Finding; outcome: 'confirmed' | 'refuted' | 'unclear' | 'limit'; observed: string[] }} Checked
 *   `refuted`: the reported code works in at least one place. `limit`: the finding reports an unknown
 * @param {{ root: string; findings: readonly Finding[] }} options
 * @returns {Promise<Checked[]>}
 */
export async function checkFindings({ root, findings }) {
  const { parseModule, isUnknown } = await engineInternals();
  const probed = findings.map((finding) => ({
    finding,
    isLimit: isUnknown(finding.code),
    probes: isUnknown(finding.code) ? [] : probesFor({ root, finding, parse: parseModule }),
  }));
  const probes = probed.flatMap((one) => one.probes);
  const results = new Map();
  const types = probes.filter(({ checkedBy }) => checkedBy === 'typescript');
  for (const [at, result] of checkWithTypeScript(types).entries()) results.set(types[at], result);
  await inPairs(
    probes.filter(({ checkedBy }) => checkedBy !== 'typescript'),
    async (probe) => results.set(probe, await check(probe)),
  );
  return probed.map((one) => conclude({ root, ...one, results }));
}

function check(probe) {
  if (probe.checkedBy === 'node') return checkWithNode(probe);
  if (probe.checkedBy === 'alone') return checkAlone(probe);
  if (probe.checkedBy === 'format') return checkFormat(probe);
  if (probe.checkedBy === 'contents') return checkContents(probe);
  if (probe.checkedBy === 'browsers') return checkForBrowsers(probe);
  if (probe.checkedBy === 'loading') return checkByLoading(probe);
  if (probe.checkedBy === 'file') {
    return existsSync(probe.file)
      ? { outcome: 'holds', observed: 'the file is there' }
      : { outcome: 'fails', observed: 'no such file' };
  }
  const manifest = JSON.parse(readFileSync(probe.manifest, 'utf8'));
  if (probe.checkedBy === 'range') {
    const outcome = semver.satisfies(manifest.version, probe.range, true) ? 'holds' : 'fails';
    return { outcome, observed: `${manifest.version} for ${probe.range}` };
  }
  const declared = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].find(
    (field) => manifest[field]?.[probe.provider] !== undefined,
  );
  return declared
    ? { outcome: 'holds', observed: `it is in ${declared}` }
    : { outcome: 'fails', observed: 'the manifest does not name it' };
}

/** @returns {Checked} */
function conclude({ root, finding, isLimit, probes, results }) {
  if (isLimit) return { finding, outcome: 'limit', observed: [] };
  const answers = probes.map((probe) => ({ ...results.get(probe), probe }));
  const observed = answers.map(
    ({ outcome, observed, probe }) =>
      `${outcome}: ${probe.checkedBy} ${probe.mode ?? ''} "${probe.specifier}": ${observed.replaceAll(`${root}/`, '')}`,
  );
  if (answers.some(({ outcome }) => outcome === 'holds')) return { finding, outcome: 'refuted', observed };
  if (answers.some(({ outcome }) => outcome === 'fails')) return { finding, outcome: 'confirmed', observed };
  return {
    finding,
    outcome: 'unclear',
    observed: observed.length > 0 ? observed : ['no probe could be made for its place'],
  };
}

/** Two at a time, each in a separate process. */
async function inPairs(list, work) {
  const queue = [...list];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next);
  };
  await Promise.all([lane(), lane()]);
}
