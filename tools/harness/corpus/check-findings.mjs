import { existsSync, readFileSync } from 'node:fs';
import semver from 'semver';
import { checkAlone } from './check-alone.mjs';
import { checkFormat } from './check-format.mjs';
import { checkWithNode } from './check-with-node.mjs';
import { checkWithTypeScript } from './check-with-typescript.mjs';
import { engineInternals } from '../fuzz/open-engine.mjs';
import { probesFor } from './probes.mjs';

/**
 * Checks every finding with Node, with the TypeScript checker, or by looking up the fact that it states.
 *
 * @typedef {import('../../../packages/engine/dist/index.js').Finding} Finding
 * @typedef {{ finding: Finding; outcome: 'confirmed' | 'refuted' | 'unclear' | 'limit'; told: string[] }} Checked
 *   `refuted`: the reported code works in at least one place. `limit`: the finding reports an unknown
 * @param {{ root: string; findings: readonly Finding[] }} options
 * @returns {Promise<Checked[]>}
 */
export async function checkFindings({ root, findings }) {
  const { parseModule } = await engineInternals();
  const probed = findings.map((finding) => ({
    finding,
    probes: probesFor({ root, finding, parse: parseModule }),
  }));
  const probes = probed.flatMap((one) => one.probes);
  const verdicts = new Map();
  const types = probes.filter(({ judge }) => judge === 'typescript');
  for (const [at, verdict] of checkWithTypeScript(types).entries()) verdicts.set(types[at], verdict);
  await inPairs(
    probes.filter(({ judge }) => judge !== 'typescript'),
    async (probe) => verdicts.set(probe, await ask(probe)),
  );
  return probed.map((one) => conclude({ root, ...one, verdicts }));
}

function ask(probe) {
  if (probe.judge === 'node') return checkWithNode(probe);
  if (probe.judge === 'alone') return checkAlone(probe);
  if (probe.judge === 'format') return checkFormat(probe);
  if (probe.judge === 'file') {
    return existsSync(probe.file)
      ? { outcome: 'holds', told: 'the file is there' }
      : { outcome: 'fails', told: 'no such file' };
  }
  const manifest = JSON.parse(readFileSync(probe.manifest, 'utf8'));
  if (probe.judge === 'range') {
    const outcome = semver.satisfies(manifest.version, probe.range, true) ? 'holds' : 'fails';
    return { outcome, told: `${manifest.version} for ${probe.range}` };
  }
  const declared = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].find(
    (field) => manifest[field]?.[probe.provider] !== undefined,
  );
  return declared
    ? { outcome: 'holds', told: `it is in ${declared}` }
    : { outcome: 'fails', told: 'the manifest does not name it' };
}

/** @returns {Checked} */
function conclude({ root, finding, probes, verdicts }) {
  if (finding.code.startsWith('VE9')) return { finding, outcome: 'limit', told: [] };
  const answers = probes.map((probe) => ({ ...verdicts.get(probe), probe }));
  const told = answers.map(
    ({ outcome, told, probe }) =>
      `${outcome}: ${probe.judge} ${probe.mode ?? ''} "${probe.specifier}": ${told.replaceAll(`${root}/`, '')}`,
  );
  if (answers.some(({ outcome }) => outcome === 'holds')) return { finding, outcome: 'refuted', told };
  if (answers.some(({ outcome }) => outcome === 'fails')) return { finding, outcome: 'confirmed', told };
  return {
    finding,
    outcome: 'unclear',
    told: told.length > 0 ? told : ['no probe could be made for its place'],
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
