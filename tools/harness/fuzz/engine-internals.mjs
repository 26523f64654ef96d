// The internals of the engine that the harness needs: the answer to each import, and the registry of the
// rules. Bundled by open-engine.mjs.
import { ruleNamed } from '../../../packages/engine/src/rules/registry.ts';

export { WorkspaceLookUp } from '../../../packages/engine/src/evidence/workspace-look-up.ts';
export { parseModule } from '../../../packages/engine/src/parse/parse-module.ts';
export { openRun } from '../../../packages/engine/src/session.ts';
export { verify } from '../../../packages/engine/src/verify.ts';
export { viewOf } from '../../../packages/engine/src/workspace-view.ts';

/** Whether a code belongs to a rule that reports unknowns. @param {string} code */
export function isUnknown(code) {
  return ruleNamed(code)?.range === 'VE9xx';
}
