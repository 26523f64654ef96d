import type { MissingReference } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type { Breakage, EvidenceAt, RuleFacts } from './define-rule.js';

const SCRIPT = /\.[cm]?jsx?$/;

/** Whether a missing file is a module that code loads. Other files are assets. */
export function isModule({ kind, target }: MissingReference): boolean {
  return (
    kind === 'module' || kind === 'types' || kind === 'glob' || (kind === 'chunk' && SCRIPT.test(target))
  );
}

/**
 * Files that the project's output refers to and that do not exist. Files whose absence the code
 * handles are left out. So are source maps: only debuggers read them, and packages omit them on
 * purpose.
 */
export function missingFiles(facts: RuleFacts, modules: boolean): readonly MissingReference[] {
  return facts.trace.missing.filter(
    (missing) => isModule(missing) === modules && !missing.guarded && missing.kind !== 'source-map',
  );
}

/** Built code may or may not write the extension of one file. */
export function fileIdentity(target: FilePath): readonly string[] {
  return [/\.[a-z\d]+$/i.test(target) ? target : `${target}.js`];
}

/** The parts of a breakage that both rules about missing files fill in the same way. */
export function missingBreakage<Data>(
  facts: RuleFacts,
  missing: MissingReference,
  data: Data,
): Breakage<Data> {
  const { project, name } = facts.own;
  const { file } = missing.place;
  const { kind, specifier, target, unserved } = missing;
  const cause =
    unserved === undefined
      ? kind === 'glob'
        ? [file, specifier]
        : fileIdentity(target)
      : [unserved, specifier];
  return {
    identity: [project, ...cause],
    hits: [{ project, place: missing.place }],
    provider: { package: name ?? project, entryPoint: '.', conditions: [], file },
    ...(missing.soft || (missing.typesOnly && !isPublished(facts)) ? { atMost: 'warning' as const } : {}),
    data,
  };
}

/** Whether the package is published for use outside the workspace. */
export function isPublished({ own }: RuleFacts): boolean {
  return own.publication.published;
}

/** Existing files with similar names. */
export function similar(near: readonly FilePath[]): readonly EvidenceAt[] {
  return near.map((file) => ({ role: 'similar', text: '', place: { file, start: 0, end: 0 } }));
}
