// The child process of ask-node.mjs: loads one probe after the other, in the order asked, and tells what became of it.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);

if (isMainThread) process.on('message', askAll);
else parentPort.postMessage(await ask(workerData));

async function askAll(probes) {
  const answers = [];
  for (const probe of probes) {
    const answer = await ask(probe);
    // A module that has failed to link once fails in other ways when it is asked for again: such answers are had afresh.
    answers.push(answer.met || answer.told === 'undefined' ? answer : await askAfresh(probe));
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

async function ask({ file, mode, check }) {
  try {
    const module = mode === 'require' ? require(file) : await import(pathToFileURL(file).href);
    if (check === 'loads') return { met: true };
    const probe = await module.probe;
    return { met: probe !== undefined, told: probe === undefined ? 'undefined' : undefined };
  } catch (error) {
    return {
      met: false,
      code: error?.code,
      kind: error?.name,
      told: String(error?.message ?? error).slice(0, 300),
    };
  }
}
