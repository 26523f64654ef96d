const HEADING = /^-- (broken )?(\S+) --$/;

/**
 * A planted break as text: prose, then sections. `truth` and `expect` tell what to ask and which rules must fire (`A|B`: either); other
 * sections are files of the sound workspace; `broken <path>` replaces a file, or deletes it where nothing follows.
 *
 * @param {string} text
 * @returns {{ truth: string; expected: string[]; sound: Map<string, string>; broken: Map<string, string> | undefined }} `broken` is
 *   absent in a lookalike, which is sound as it is
 */
export function parseBreak(text) {
  const sections = { sound: new Map(), broken: new Map(), deleted: new Set() };
  let open;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const heading = HEADING.exec(line);
    if (heading) {
      open = { into: heading[1] ? sections.broken : sections.sound, path: heading[2] };
      if (heading[1]) sections.deleted.add(open.path);
      else open.into.set(open.path, '');
    } else if (open) {
      open.into.set(open.path, `${open.into.get(open.path) ?? ''}${line}\n`);
      if (open.into === sections.broken) sections.deleted.delete(open.path);
    }
  }
  const { sound, broken, deleted } = sections;
  const [truth, expected] = ['truth', 'expect'].map((name) => {
    const content = sound.get(name).trim();
    sound.delete(name);
    return content;
  });
  const changed = new Map([...sound, ...broken]);
  for (const path of deleted) changed.delete(path);
  return {
    truth,
    expected: expected ? expected.split('|') : [],
    sound,
    broken: broken.size + deleted.size > 0 ? changed : undefined,
  };
}
