export * from '../../../packages/engine/src/index.ts';
export { editRandomly } from '../../../packages/engine/test/random-edits.ts';
export { randomFrom } from '../../../packages/engine/test/random.ts';
