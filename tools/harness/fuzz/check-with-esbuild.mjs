import { build } from 'esbuild';

/**
 * Bundles each probe to test whether esbuild can link it. All probes are in one build. If an error is inside a provider, the probes of
 * that workspace are bundled one by one, to find those that it affects.
 *
 * @param {readonly { file: string; root: string }[]} probes
 * @returns {Promise<{ verdict: 'met' | 'unmet'; observed?: string }[]>} in the order of the probes
 */
export async function checkWithEsbuild(probes) {
  const answers = new Map();
  let left = probes;
  // esbuild does not link if a specifier cannot be resolved. So the other probes are built again.
  for (let round = 0; left.length > 0 && round < 3; round++) {
    const errors = await bundle(left.map(({ file }) => file));
    const own = new Map(errors.map(({ file, text }) => [file, text]));
    const troubled = new Set(
      left
        .filter(({ root }) => errors.some(({ file }) => file.startsWith(`${root}/`)))
        .map(({ root }) => root),
    );
    const inside = new Set(
      [...troubled].filter((root) =>
        errors.some(({ file }) => file.startsWith(`${root}/`) && !file.includes('/probe-')),
      ),
    );
    const resolving = errors.some(({ text }) => /Could not resolve/.test(text));
    for (const probe of left) {
      if (inside.has(probe.root)) answers.set(probe, verdictOf((await bundle([probe.file]))[0]?.text));
      else if (own.has(probe.file)) answers.set(probe, verdictOf(own.get(probe.file)));
      else if (!resolving) answers.set(probe, verdictOf());
    }
    left = left.filter((probe) => !answers.has(probe));
  }
  return probes.map((probe) => answers.get(probe));
}

function verdictOf(observed) {
  return observed === undefined ? { verdict: 'met' } : { verdict: 'unmet', observed };
}

async function bundle(files) {
  const failing = ({ text, location }) => ({ text, file: `/${location?.file ?? ''}` });
  const undefinedImports = (warnings) =>
    warnings.filter(({ id }) => id === 'import-is-undefined').map(failing);
  try {
    const { warnings } = await build({
      entryPoints: files,
      bundle: true,
      write: false,
      outdir: '/out',
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      logLimit: 0,
      absWorkingDir: '/',
    });
    return undefinedImports(warnings);
  } catch (error) {
    if (!error.errors) throw error;
    return [...error.errors.map(failing), ...undefinedImports(error.warnings)];
  }
}
