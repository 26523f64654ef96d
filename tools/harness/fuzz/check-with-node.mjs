import { fork } from 'node:child_process';
import { join } from 'node:path';
import { isLinkError, RESOLUTION_ERRORS } from '../node-errors.mjs';

/**
 * Loads modules in one child process to test whether each of them links and, if requested, whether its export `probe` is defined.
 * Use it only for generated code, because the code runs.
 *
 * @param {readonly { root: string; file: string; mode: 'import' | 'require'; check: 'loads' | 'defined' | 'resolves'; specifier?: string; name?: string }[]} probes
 * @returns {Promise<{ verdict: 'met' | 'unmet' | 'unclear'; observed?: string; inRequire?: true | 'throws'; holder?: string }[]>} in the order of the
 *   probes; for unmet probes, `inRequire`: `require` returns the property; `holder`: the kind of value that does not have the member
 * @throws if a probe fails for a reason that has nothing to do with its import
 */
export async function checkWithNode(probes) {
  if (probes.length === 0) return [];
  const answers = await inChild(probes);
  return answers.map((answer, at) => {
    if (answer.met) return { verdict: 'met' };
    if (probes[at].check === 'resolves') return { verdict: 'unmet' };
    if (!isBreakage(answer)) {
      return {
        verdict: 'unclear',
        observed: `${probes[at].file}: ${answer.kind} ${answer.code}: ${answer.observed}`,
      };
    }
    const { observed, inRequire, holder } = answer;
    return { verdict: 'unmet', observed, ...(inRequire && { inRequire }), ...(holder && { holder }) };
  });
}

function isBreakage({ code, kind, observed }) {
  return observed === 'undefined' || RESOLUTION_ERRORS.has(code) || isLinkError(kind, observed);
}

function inChild(probes) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'node-server.mjs'), {
      execArgv: ['--no-warnings', '--experimental-import-meta-resolve'],
      serialization: 'advanced',
    });
    let answers;
    child.on('message', (message) => (answers = message));
    child.on('error', reject);
    child.on('exit', (status) => {
      if (answers) resolve(answers);
      else reject(new Error(`Node's process ended without an answer (status ${status})`));
    });
    child.send(
      probes.map(({ root, file, mode, check, specifier, name, inner }) => ({
        root,
        file,
        mode,
        check,
        specifier,
        name,
        inner,
      })),
    );
  });
}
