import { isRecord, parseObject } from '../../infer/member-manifest';

/**
 * The file that sets a target's option, for a message that names it.
 *
 * @param read gives a file's text, by path relative to the workspace root; undefined if it does not
 * exist
 * @returns undefined if no file sets it, so it came from the command line
 */
export function optionSource(
  option: string,
  target: { readonly projectRoot: string; readonly targetName: string },
  read: (file: string) => string | undefined,
): string | undefined {
  const within = (file: string) => (target.projectRoot === '.' ? file : `${target.projectRoot}/${file}`);
  const places: readonly (readonly [file: string, path: readonly string[]])[] = [
    [within('project.json'), ['targets', target.targetName]],
    [within('package.json'), ['nx', 'targets', target.targetName]],
    ['nx.json', ['targetDefaults']],
    ['nx.json', ['plugins']],
  ];
  return places.find(([file, path]) => mentions(valueAt(parseObject(read(file) ?? '{}'), path), option))?.[0];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((at, key) => (isRecord(at) ? at[key] : undefined), value);
}

/** Whether the option is a key at any depth: in `options`, or in the options of a configuration. */
function mentions(value: unknown, option: string): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, option));
  if (!isRecord(value)) return false;
  return Object.hasOwn(value, option) || Object.values(value).some((item) => mentions(item, option));
}
