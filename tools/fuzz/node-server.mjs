// The child process of ask-node.mjs: loads one probe after the other, in the order asked, and tells what became of it.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);

// The probe tells; a promise that it also leaves behind is no news.
process.on('unhandledRejection', () => {});

if (isMainThread) process.on('message', askAll);
else parentPort.postMessage(await ask(workerData));

async function askAll(probes) {
  const answers = [];
  const spoilt = new Set();
  for (const probe of probes) {
    // Where a module below the probe has failed to link, V8 gives other answers the next time that it is asked for.
    const answer = spoilt.has(probe.root) ? await askAfresh(probe) : await ask(probe);
    if (answer.below) spoilt.add(probe.root);
    answers.push(answer);
  }
  process.send(answers, () => process.exit(0));
}

function askAfresh(probe) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: probe });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function ask({ file, mode, check, specifier, name }) {
  try {
    const module = mode === 'require' ? require(file) : await import(pathToFileURL(file).href);
    if (check === 'loads') return { met: true };
    const probe = await module.probe;
    if (probe !== undefined) return { met: true };
    return { met: false, told: 'undefined', passedOn: isProperty(file, specifier, name) };
  } catch (error) {
    return {
      met: false,
      code: error?.code,
      kind: error?.name,
      told: String(error?.message ?? error).slice(0, 300),
      below: !String(error?.stack).startsWith(`${pathToFileURL(file).href}:`),
    };
  }
}

/** The required module has such a property, whose value is undefined. */
function isProperty(file, specifier, name) {
  try {
    return name in createRequire(file)(specifier);
  } catch {
    return false;
  }
}
