import type { FilePath } from '../model/place.js';
import { keyOfView } from './view.js';
import type { View } from './view.js';

/**
 * Results by view, module and name. There are many of them: to join the three parts into one key
 * would cost more time and memory than the results do.
 */
export class NameMemo<V> {
  readonly #byView = new Map<string, Map<FilePath, Map<string, V>>>();

  /**
   * The results for the names of one module.
   *
   * @param id of the module; see `LinkStep.id`
   */
  of(id: string, view: View): Map<string, V> {
    const key = keyOfView(view);
    let byModule = this.#byView.get(key);
    if (!byModule) this.#byView.set(key, (byModule = new Map()));
    let byName = byModule.get(id);
    if (!byName) byModule.set(id, (byName = new Map()));
    return byName;
  }
}
