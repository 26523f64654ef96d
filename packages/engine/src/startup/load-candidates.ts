import type { VerifyOptions } from '../model/options.js';
import type { Place, FilePath } from '../model/place.js';
import type { EntryPoint, Variant } from '../model/workspace.js';

/** One file to load, as one kind of consumer does. */
export interface LoadCandidate {
  readonly subpath: string;
  readonly conditions: readonly string[];
  readonly file: FilePath;
  readonly mode: 'import' | 'require';
  readonly place: Place;
}

/** Conditions of runtimes that are not Node. Their variants may need what Node does not have. */
const OTHER_RUNTIMES = new Set([
  'browser',
  'worker',
  'workerd',
  'edge-light',
  'react-native',
  'react-server',
  'deno',
  'bun',
  'electron',
  'netlify',
  'fastly',
  'style',
  'sass',
  'svelte',
]);

/** The files that Node loads for consumers of a package, each once for `import` and once for `require`. */
export function loadCandidates(
  entryPoints: readonly EntryPoint[],
  { conditions = [] }: Pick<VerifyOptions, 'conditions'>,
  isEsm: (file: FilePath) => boolean,
): readonly LoadCandidate[] {
  const found = new Map<string, LoadCandidate>();
  for (const { subpath, variants, from } of entryPoints) {
    if (from === 'paths') continue;
    for (const variant of variants.filter((each) => isForNode(each, conditions))) {
      const { file, place } = variant;
      for (const mode of modesOf(variant, isEsm)) {
        const key = `${mode} ${file}`;
        if (!found.has(key)) found.set(key, { subpath, conditions: variant.conditions, file, mode, place });
      }
    }
  }
  return [...found.values()];
}

function isForNode(
  { file, exists, phase, workspaceOnly, conditions }: Variant,
  asked: readonly string[],
): boolean {
  if (!exists || phase !== 'runtime' || workspaceOnly || !/\.[cm]?js$/.test(file)) return false;
  return conditions.every((condition) => !OTHER_RUNTIMES.has(condition) || asked.includes(condition));
}

/**
 * A target without a condition for it is loaded by both, if it is CommonJS. That an ES module can be
 * required is no promise: it must not use a top-level await.
 */
function modesOf(
  { conditions, file }: Variant,
  isEsm: (file: FilePath) => boolean,
): readonly ('import' | 'require')[] {
  if (conditions.includes('require')) return ['require'];
  if (conditions.some((condition) => ['import', 'module', 'module-sync'].includes(condition)))
    return ['import'];
  return isEsm(file) ? ['import'] : ['import', 'require'];
}
