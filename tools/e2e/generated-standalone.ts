import { GENERATED_MAJORS, GeneratedWorkspace } from './generated-workspace';
import type { Kind } from './workspace-kinds';
export function standalone(): Kind {
  return {
    id: 'node-standalone',
    majors: GENERATED_MAJORS,
    make() {
      throw new Error('todo');
    },
  };
}
