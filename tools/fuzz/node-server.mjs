// The child process of ask-node.mjs: loads one probe after the other, in the order asked, and tells what became of it.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

process.on('message', async (probes) => {
  const answers = [];
  for (const { file, mode, check } of probes) answers.push(await ask(file, mode, check));
  process.send(answers, () => process.exit(0));
});

async function ask(file, mode, check) {
  try {
    const module = mode === 'require' ? require(file) : await import(pathToFileURL(file).href);
    if (check === 'loads') return { met: true };
    const probe = await module.probe;
    return { met: probe !== undefined, told: probe === undefined ? 'undefined' : undefined };
  } catch (error) {
    return { met: false, code: error?.code, kind: error?.name, told: String(error?.message ?? error).slice(0, 300) };
  }
}
