// Measures what the plugin adds when Nx's daemon updates the project graph after an edit of one source. Prints the median as JSON.
// Usage: node graph-after-edit.mjs <root> [edits]
import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { median } from './measure.mjs';
import { pluginSeconds } from './plugin-seconds.mjs';

const [root, edits = '3'] = process.argv.slice(2);
const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
const { CI: _, ...environment } = process.env;
const env = {
  ...environment,
  NX_DAEMON: 'true',
  NX_PERF_LOGGING: 'true',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
};
const log = join(root, '.nx/workspace-data/d/daemon.log');
const [first] = readdirSync(join(root, 'packages')).sort();
const sources = join(root, 'packages', first, 'src');
const source = join(sources, readdirSync(sources).sort()[0]);

try {
  run('show', 'projects');
  const seconds = [];
  for (let edit = 0; edit < Number(edits); edit++) {
    const before = readFileSync(log, 'utf8').length;
    appendFileSync(source, `// ${edit}\n`);
    // The daemon collects changes for a while.
    await setTimeout(1000);
    run('show', 'projects');
    await setTimeout(500);
    seconds.push(pluginSeconds(readFileSync(log, 'utf8').slice(before)));
  }
  console.log(JSON.stringify({ seconds: median(seconds) }));
} finally {
  run('daemon', '--stop');
}

function run(...args) {
  execFileSync(process.execPath, [nx, ...args], { cwd: root, env, stdio: 'ignore' });
}
