// Checks the inputs of some seeds. It says which one it begins, so that its parent knows which one kills or stops it.
import { bundleEngine } from '../bundle-engine.mjs';
import { ENGINE_PARTS, InputChecker, inputOf } from './check-input.mjs';

const [from, to] = process.argv.slice(2).map(Number);
const checker = new InputChecker(await bundleEngine(ENGINE_PARTS));
process.on('exit', () => checker.dispose());
// Without its parent, no one would stop it.
let isDone = false;
process.on('disconnect', () => process.exit(isDone ? 0 : 1));
const send = (message) => new Promise((resolve) => process.send?.(message, resolve));
for (let seed = from; seed < to; seed++) {
  await send({ start: seed, megabytes: Math.round(process.memoryUsage.rss() / 1e6) });
  const what = checker.check(inputOf(seed));
  if (what !== undefined) await send({ seed, what });
  // The parser frees its native memory between turns of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
}
isDone = true;
process.disconnect();
