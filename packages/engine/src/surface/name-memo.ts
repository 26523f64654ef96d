import { remembered } from '../collections/remembered.js';
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
    const byModule = remembered(this.#byView, keyOfView(view), emptyMap<FilePath, Map<string, V>>);
    return remembered(byModule, id, emptyMap<string, V>);
  }
}

function emptyMap<K, V>(): Map<K, V> {
  return new Map();
}
