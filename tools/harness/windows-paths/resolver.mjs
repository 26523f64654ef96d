// oxc-resolver is native: it is asked with real paths, and its answers are shown as Windows would.
import { ResolverFactory as Real } from 'oxc-resolver';
import { createRequire } from 'node:module';

const { toReal, toWindows } = createRequire(import.meta.url)('./real-paths.cjs');

export class ResolverFactory {
  #real;

  constructor(options) {
    this.#real = new Real(options);
  }

  sync(folder, specifier) {
    return shown(this.#real.sync(toReal(folder), specifier));
  }

  resolveDtsSync(file, specifier) {
    return shown(this.#real.resolveDtsSync(toReal(file), specifier));
  }
}

function shown(result) {
  return { ...result, path: toWindows(result.path) };
}
