// The internals of the engine that the harness needs to get the answer to each import. open-engine.mjs bundles this file.
export { answer } from '../../../packages/engine/src/demand/answer.ts';
export { answerMembers, readsFrom } from '../../../packages/engine/src/demand/answer-members.ts';
export { Augmentations } from '../../../packages/engine/src/demand/augmentations.ts';
export { WorkspaceFacts } from '../../../packages/engine/src/demand/workspace-facts.ts';
export { WorkspaceLookUp } from '../../../packages/engine/src/evidence/workspace-look-up.ts';
export { openRun } from '../../../packages/engine/src/run.ts';
export { verify } from '../../../packages/engine/src/verify.ts';
