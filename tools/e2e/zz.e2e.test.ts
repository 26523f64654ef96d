import { it } from 'vitest';
import { acmeFiles } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { RunningNx, survivors } from './running-nx';
import { readFileSync } from 'node:fs';
it.each([['SIGINT', false], ['SIGTERM', false], ['SIGINT', true], ['SIGKILL', false]] as const)('stop %s graph %s', async (sig, graph) => {
  const w = new E2eWorkspace(Number(process.env['M'] ?? 24) as 24, acmeFiles());
  const nx = new RunningNx(w.root, 'run', '@acme/gateway:verify-exports:watch');
  await nx.until(' - watching');
  if (graph) { w.write({ 'packages/gateway/package.json': w.read('packages/gateway/package.json') + ' ' }); await nx.until(' - watching'); }
  const pids = nx.descendants;
  for (const p of pids) console.log(p, readFileSync(`/proc/${p}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 200));
  const t = Date.now();
  const st = await nx.stop(sig);
  console.log(sig, graph, 'status', st, Date.now() - t, 'ms; survivors', await survivors(pids), Date.now() - t);
  console.log(nx.rest);
  w.dispose();
});
