import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadScript } from './kept-code.js';
import { CacheFolder } from './read/cache-folder.js';

export type Engine = typeof import('./index.js');

export interface LoadedEngine {
  readonly engine: Engine;
  /** Writes the compiled code to the folder, if it is not there. Call it after the work. It never throws. */
  keepCode(): void;
}

/**
 * Loads the engine. With a folder, V8 does not compile again what an earlier process has compiled: otherwise a short
 * check spends a quarter of its time on that.
 *
 * @param folder absolute, only for compiled code
 */
export async function loadEngine(folder: string | undefined): Promise<LoadedEngine> {
  const file = fileURLToPath(new URL('./engine.cjs', import.meta.url));
  // The sources of the engine have no such file.
  if (folder === undefined || !existsSync(file))
    return { engine: await import('./index.js'), keepCode: () => undefined };
  const { exports, keepCode } = loadScript(file, new CacheFolder(folder));
  return { engine: exports as Engine, keepCode };
}
