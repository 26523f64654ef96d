// oxc-resolver is native: it gets real paths, and its results are converted to Windows paths.
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
