// What the harness needs of the engine beyond its public surface: the answers, demand by demand. Bundled by ask-engine.mjs.
export { WorkspaceLookUp } from '../../../packages/engine/src/evidence/workspace-look-up.ts';
export { openRun } from '../../../packages/engine/src/session.ts';
export { verify } from '../../../packages/engine/src/verify.ts';
export { viewOf } from '../../../packages/engine/src/workspace-view.ts';
