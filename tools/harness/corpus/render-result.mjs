/**
 * The result of a corpus run as Markdown.
 *
 * @param {ReturnType<typeof import('./summarise.mjs').summarise>} result
 */
export function renderResult(result) {
  const { families, rules, nx } = result;
  const total = (of) => sum(families, of);
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const cells = (name, make, of) =>
    row([
      name,
      make,
      of((f) => f.packages),
      of((f) => f.entryPoints),
      of((f) => f.demands.met),
      of((f) => f.demands.unmet),
      of((f) => f.demands.unknown),
      of((f) => f.confirmed),
      of((f) => f.refuted + f.unclear),
      `${of((f) => f.surfaces.import.equal)}/${of((f) => f.surfaces.import.compared)}`,
      `${of((f) => f.surfaces.require.equal)}/${of((f) => f.surfaces.require.compared)}`,
      of((f) => f.surfaces.notLoaded),
      `${of((f) => f.types.equal)}/${of((f) => f.types.compared)}`,
      `${of((f) => f.types.unknown)} / ${of((f) => f.types.different)}`,
    ]);
  return [
    row([
      'family',
      'make',
      'packages',
      'entry points',
      'met',
      'unmet',
      'unknown',
      'findings confirmed',
      'refuted or unclear',
      'names as Node imports',
      'names as Node requires',
      'not loaded',
      'types as TypeScript reads',
      'types unknown / different',
    ]),
    '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...families.map((family) => cells(family.name, family.make, (of) => of(family))),
    cells('**all**', '', total),
    '',
    row(['rule', 'confirmed', 'refuted', 'unclear', 'reports as unknown']),
    '|---|---:|---:|---:|---:|',
    ...rules.map(({ rule, confirmed, refuted, unclear, limits }) =>
      row([rule, confirmed, refuted, unclear, limits]),
    ),
    '',
    `Engine: ${result.seconds.engine.toFixed(1)} s for all packages. ${nx ? `Plugin, one batch: ${nx.seconds.toFixed(1)} s, ${nx.tasks} reports, ${nx.withoutReport.length} projects without one, ${nx.otherFindings.length} with findings that differ from the engine's.` : ''}`,
    ...fixLines(result.fixes),
    ...crashes(result.crashed),
    ...unlinked(result.notLoaded),
    ...result.differingTypes.map(typesLine),
    ...result.refuted.map(
      ({ code, message, at, observed }) => `Refuted ${code} at ${at}: ${message}\n  ${observed.join('\n  ')}`,
    ),
    ...result.unclear.map(
      ({ code, message, at, observed }) => `Unclear ${code} at ${at}: ${message}\n  ${observed.join('\n  ')}`,
    ),
  ].join('\n');
}

function fixLines(fixes) {
  if (!fixes) return [];
  const edits = sum(Object.values(fixes.tried), (one) => one.edits);
  return [
    `Fixes: ${edits} edits of manifests applied, ${fixes.failures.length} did harm.`,
    ...fixes.failures.map(({ code, at, fix, kind }) => `Harmful fix of ${code} at ${at}: ${fix}\n  ${kind}`),
  ];
}

/** One line per kind of crash. */
function crashes(crashed) {
  const names = new Map();
  for (const { name, error } of crashed) {
    const [first] = error.split('\n');
    names.set(first, [...(names.get(first) ?? []), name]);
  }
  return [...names].map(
    ([error, list]) => `Crashed on ${list.length} packages (${list.slice(0, 3).join(', ')} …): ${error}`,
  );
}

/** Entry points that fail in Node for a reason that the engine could know, unlike a missing browser. */
function unlinked(notLoaded) {
  return notLoaded
    .filter(({ why }) =>
      /^(ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|SyntaxError|ERR_UNSUPPORTED_DIR_IMPORT)/.test(why),
    )
    .map(
      ({ name, subpath, mode, why }) =>
        `Not linked: ${mode} "${name}${subpath.slice(1)}": ${why.replace(/ imported from .*/, '')}`,
    );
}

/** @param {import('./compare-types.mjs').ComparedTypes} compared */
function typesLine({ file, missing, extra, kinds, open }) {
  const some = (names) =>
    `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  return [
    `Types of ${file}:`,
    missing.length > 0 && `not listed: ${some(missing)}`,
    extra.length > 0 && `unknown to TypeScript: ${some(extra)}`,
    kinds.length > 0 && `different kind: ${some(kinds)}`,
    open && `(may be incomplete: ${open})`,
  ]
    .filter(Boolean)
    .join(' ');
}

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
