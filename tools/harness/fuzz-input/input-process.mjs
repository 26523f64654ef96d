// Checks inputs until enough of them are counted. Its parent reads from a file which seed it is at, because it may not live to
// report that.
import { openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundleEngine } from '../bundle-engine.mjs';
import { ENGINE_PARTS, InputChecker, inputOf } from './check-input.mjs';
import { progressText } from './progress.mjs';

const [from, count, file] = process.argv.slice(2);
const checker = new InputChecker(await bundleEngine(ENGINE_PARTS), dirname(file));
process.on('exit', () => checker.dispose());
// Without its parent, no one would stop it.
let isDone = false;
process.on('disconnect', () => process.exit(isDone ? 0 : 1));
const send = (message) => new Promise((resolve) => process.send?.(message, resolve));
const progress = openSync(file, 'r+');
const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1000);
for (let seed = Number(from); checker.inputs < Number(count); seed++) {
  writeSync(progress, progressText({ seed, inputs: checker.inputs, megabytes: megabytes() }), 0);
  const what = checker.check(inputOf(seed, checker.cases));
  if (what !== undefined) await send({ seed, what });
  // The parser frees its native memory between turns of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
}
isDone = true;
process.disconnect();
