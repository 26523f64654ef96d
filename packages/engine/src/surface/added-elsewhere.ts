import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import { assignedNames, factsOf, followRequire } from './commonjs-names.js';
import { LinkStep } from './link-step.js';
import type { Linker } from './link-step.js';
import { REQUIRE } from './view.js';

/** A package with more modules adds names to its exports in another way. */
const MOST_MODULES = 500;

/**
 * Whether a module that a CommonJS module loads adds a name to its `module.exports` from outside. The other module requires the same
 * object and sets the name there, or it takes the object for its own `module.exports`. Call it only if the name is missing otherwise.
 */
export function isAddedElsewhere(linker: Linker, file: FilePath, name: string): boolean {
  const byFile = remembered(adders, linker, () => new Map<FilePath, Adders>());
  const { holders, loaded } = remembered(byFile, file, () => {
    const start = new LinkStep(linker, file, REQUIRE);
    const known = holdersOf(start);
    return { holders: known, loaded: loadedBy(start).filter((step) => requiresOneOf(step, known)) };
  });
  return loaded.some((step) => adds(step, name, holders));
}

interface Adders {
  readonly holders: ReadonlySet<FilePath>;
  /** The modules that require one of them. */
  readonly loaded: readonly LinkStep[];
}

const adders = new WeakMap<Linker, Map<FilePath, Adders>>();

/** The modules whose `module.exports` is the same object, or whose names are copied into it. */
function holdersOf(start: LinkStep): ReadonlySet<FilePath> {
  return reached(start, (step) => factsOf(step)?.assignedFrom ?? []);
}

/** The local modules that a module loads, without itself. */
function loadedBy(start: LinkStep): readonly LinkStep[] {
  const files = reached(start, ({ record }) =>
    (record?.requests ?? []).flatMap(({ form, specifier }) =>
      (form === 'require' || form === 'import') && specifier.startsWith('.') ? specifier : [],
    ),
  );
  return [...files]
    .filter((file) => file !== start.file)
    .map((file) => new LinkStep(start.linker, file, REQUIRE));
}

function reached(start: LinkStep, next: (step: LinkStep) => readonly string[]): ReadonlySet<FilePath> {
  const files = new Set([start.file]);
  for (const file of files) {
    const step = new LinkStep(start.linker, file, REQUIRE);
    for (const specifier of next(step)) {
      if (files.size >= MOST_MODULES) return files;
      const target = followRequire(step, specifier);
      if (target) files.add(target.step.file);
    }
  }
  return files;
}

function isOneOf(step: LinkStep, specifier: string, holders: ReadonlySet<FilePath>): boolean {
  const target = followRequire(step, specifier)?.step.file;
  return target !== undefined && holders.has(target);
}

function requiresOneOf(step: LinkStep, holders: ReadonlySet<FilePath>): boolean {
  return (step.record?.requests ?? []).some(
    ({ form, specifier }) => (form === 'require' || form === 'import') && isOneOf(step, specifier, holders),
  );
}

function adds(step: LinkStep, name: string, holders: ReadonlySet<FilePath>): boolean {
  const isHolder = (specifier: string): boolean => isOneOf(step, specifier, holders);
  const facts = factsOf(step);
  const sharesObject = facts?.assignedFrom.some(
    (specifier) => !facts.copiedFrom?.includes(specifier) && isHolder(specifier),
  );
  if (sharesObject && facts?.assigned.some((assigned) => assigned.name === name)) return true;
  return step.linker.host.addedNames(step.file).some(({ specifier, names, from }) => {
    if (!isHolder(specifier)) return false;
    if (names.includes(name)) return true;
    return from.some((source) => {
      const target = followRequire(step, source)?.step;
      return target !== undefined && assignedNames(target.restarted()).names.has(name);
    });
  });
}
