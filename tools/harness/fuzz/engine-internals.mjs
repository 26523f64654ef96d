// The internals of the engine that the harness needs to get the answer to each import. Bundled by open-engine.mjs.
export { WorkspaceLookUp } from '../../../packages/engine/src/evidence/workspace-look-up.ts';
export { parseModule } from '../../../packages/engine/src/parse/parse-module.ts';
export { openRun } from '../../../packages/engine/src/session.ts';
export { verify } from '../../../packages/engine/src/verify.ts';
export { viewOf } from '../../../packages/engine/src/workspace-view.ts';
