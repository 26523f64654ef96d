import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';

/**
 * Loads a reported file, to see whether Node refuses it.
 *
 * @param {{ from: string; flags: readonly string[]; failure: string; variable?: string }} probe `failure`: an expression for the error that
 *   the finding predicts; `variable`: only this variable of CommonJS is missing, so that the others do not fail first
 * @returns {Promise<import('./check-with-node.mjs').ProbeResult>} `unclear` if the file fails for another reason
 */
export async function checkByLoading({ from, flags, failure, variable }) {
  const code = `
    import { createRequire } from 'node:module';
    const [url, variable] = JSON.parse(process.argv[1]);
    const others = { exports: {}, module: { exports: {} }, require: createRequire(url), __filename: '', __dirname: '' };
    if (variable) for (const name in others) if (name !== variable) globalThis[name] = others[name];
    const [fail, end] = [(error) => console.log(String(error)), () => process.exit(0)];
    import(url).catch(fail).then(end);
  `;
  const asked = JSON.stringify([pathToFileURL(from).href, variable]);
  const { stdout, timedOut } = await run(
    process.execPath,
    [...flags, '--input-type=module', '-e', code, asked],
    { cwd: tmpdir(), seconds: 20, mayFail: true },
  );
  const said = stdout.trim().slice(0, 400);
  if (timedOut) return { outcome: 'unclear', observed: 'did not end in time' };
  if (said === '') return { outcome: 'holds', observed: 'it loads' };
  return { outcome: new RegExp(failure).test(said) ? 'fails' : 'unclear', observed: said };
}
