import { existsSync, readFileSync } from 'node:fs';
import semver from 'semver';
import { askAlone } from './ask-alone.mjs';
import { askFormat } from './ask-format.mjs';
import { askNode } from './ask-node.mjs';
import { askTypeScript } from './ask-typescript.mjs';
import { loadParser } from './load-parser.mjs';
import { probesFor } from './probes.mjs';

/**
 * Holds every finding against Node, the TypeScript checker or the plain fact that it states.
 *
 * @typedef {import('../../packages/engine/dist/index.js').Finding} Finding
 * @typedef {{ finding: Finding; outcome: 'confirmed' | 'refuted' | 'unclear' | 'limit'; told: string[] }} Checked
 *   refuted: at one place at least, what is accused works; `limit`: the finding says that something cannot be told
 * @param {{ root: string; findings: readonly Finding[] }} options
 * @returns {Promise<Checked[]>}
 */
export async function checkFindings({ root, findings }) {
  const { parseModule } = await loadParser();
  const probed = findings.map((finding) => ({
    finding,
    probes: probesFor({ root, finding, parse: parseModule }),
  }));
  const probes = probed.flatMap((one) => one.probes);
  const verdicts = new Map();
  const types = probes.filter(({ judge }) => judge === 'typescript');
  for (const [at, verdict] of askTypeScript(types).entries()) verdicts.set(types[at], verdict);
  await inPairs(
    probes.filter(({ judge }) => judge !== 'typescript'),
    async (probe) => verdicts.set(probe, await ask(probe)),
  );
  return probed.map((one) => conclude({ root, ...one, verdicts }));
}

function ask(probe) {
  if (probe.judge === 'node') return askNode(probe);
  if (probe.judge === 'alone') return askAlone(probe);
  if (probe.judge === 'format') return askFormat(probe);
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

/** Two at a time: each is a process of its own. */
async function inPairs(list, work) {
  const queue = [...list];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next);
  };
  await Promise.all([lane(), lane()]);
}
