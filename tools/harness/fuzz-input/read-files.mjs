/** Which files of a workspace the engine looked at since the last `start`. */
export class ReadFiles {
  /** Those whose text was read. */
  #texts = new Set();
  /** Those whose kind it looked at, too. */
  #seen = new Set();

  /** @param {{ prototype: any }} Disk the engine's door to the files of a workspace */
  constructor({ prototype }) {
    const watch = (method, files) => {
      const original = prototype[method];
      prototype[method] = function look(file) {
        files.add(file);
        return original.call(this, file);
      };
    };
    watch('readText', this.#texts);
    for (const method of ['kindOf', 'realPath', 'isLink']) watch(method, this.#seen);
  }

  start() {
    this.#texts.clear();
    this.#seen.clear();
  }

  /** @param {string} path */
  isRead(path) {
    return this.#texts.has(path);
  }

  /** @param {string} path */
  isSeen(path) {
    return this.#texts.has(path) || this.#seen.has(path);
  }
}
