import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScript } from './kept-code.js';
import { CacheFolder } from './read/cache-folder.js';

export type Engine = typeof import('./index.js');

export interface LoadedEngine {
  readonly engine: Engine;
  /** Writes the compiled code to the folder, if it is not there. Call it after the work. It never throws. */
  keepCode(): void;
}

/** Beside the engine: who can write there can replace the engine itself. It is not part of a repository. */
const CODE = 'node_modules/.cache/verify-exports-code';

/**
 * Loads the engine. If compiled code may be kept, V8 does not compile again what an earlier process has compiled:
 * otherwise a short check spends a quarter of its time on that.
 *
 * @param keepsCode whether to use and write the folder for compiled code in the engine's own folder
 */
export async function loadEngine(keepsCode: boolean): Promise<LoadedEngine> {
  const file = fileURLToPath(new URL('./engine.cjs', import.meta.url));
  // The sources of the engine have no such file.
  if (!keepsCode || !existsSync(file))
    return { engine: await import('./index.js'), keepCode: () => undefined };
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { exports, keepCode } = loadScript(file, new CacheFolder(join(root, CODE), root));
  return { engine: exports as Engine, keepCode };
}
