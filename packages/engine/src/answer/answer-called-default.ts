import type { Answer, Demand, MissingMember } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { CalledImports } from '../parse/called-imports.js';
import { memberReadsKey } from '../parse/member-reads.js';
import { isMarked } from '../surface/commonjs-binding.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT, REQUIRE } from '../surface/view.js';
import type { ProviderFacts } from './provider-facts.js';

/** What is needed of modules to check calls of default imports. */
export interface CalledContext {
  readonly modules: {
    text(file: FilePath): string | undefined;
    calledImports(file: FilePath): CalledImports;
  };
  readonly surfaces: Surfaces;
}

/**
 * A default import of CommonJS that was compiled from an ES module, if a Node ES module calls, constructs or extends it. Node
 * imports all of `module.exports`, which is an object with the function as its `default`.
 */
export function answerCalledDefault(
  { modules, surfaces }: CalledContext,
  { demand, verdict }: Answer,
  facts: ProviderFacts,
): readonly Answer[] {
  if (verdict !== 'met' || demand.soft || !isLinkedByNode(demand)) return [];
  const entry = facts.resolve(demand, 'import', 'runtime');
  if (entry.outcome !== 'file') return [];
  const { file } = entry;
  if (surfaces.kindOf(file, IMPORT).format !== 'commonjs' || !isMarked(surfaces, file)) return [];
  const inner = surfaces.binding(file, 'default', REQUIRE);
  if (inner.kind !== 'found' || inner.offered.exported === 'module.exports') return [];
  if (mayBeReplaced(modules.text(file) ?? '')) return [];
  const { place, specifierPlace } = demand;
  const call = modules.calledImports(place.file).get(memberReadsKey(specifierPlace.start, 'default'));
  if (!call) return [];
  const why: MissingMember = {
    kind: 'missing-member',
    side: 'runtime',
    owner: inner.offered.origin,
    promised: false,
    entry,
    offers: [...surfaces.of(file, REQUIRE).names.keys()],
    whole: { inDefault: true },
    called: true,
  };
  const called = { ...demand, place: { file: place.file, start: call.start, end: call.end }, member: [] };
  return [{ demand: called, verdict: 'unmet', why }];
}

/** Node links the output, or TypeScript compiles the source by Node's rules. */
function isLinkedByNode({ form, name, phase, onNode, types, mode }: Demand): boolean {
  if (form !== 'import' || name !== 'default' || phase === 'types') return false;
  return onNode === true || (types?.nodenext === true && types.mode === 'import' && mode !== 'require');
}

/** `module.exports = …` may make the whole a function. esbuild assigns an object that has the exports. */
function mayBeReplaced(text: string): boolean {
  return /\bmodule\s*(?:\[|\.\s*exports\s*=(?!=)(?!\s*__toCommonJS\())|\bexports\s*=(?!=)[^;]*module\b/.test(
    text,
  );
}
