/**
 * The result of a corpus run as data.
 *
 * @typedef {import('./check-findings.mjs').Checked} Checked
 * @typedef {import('./compare-all.mjs').PackageSurfaces} PackageSurfaces
 */

/**
 * @param {{ list: import('./install-packages.mjs').PackageList; packages: { name: string; family: string }[]; verified: Awaited<ReturnType<typeof import('./check-workspace.mjs').checkWorkspace>>; checked: Checked[]; fixes?: Awaited<ReturnType<typeof import('./apply-fixes.mjs').applyFixes>>; surfaces: PackageSurfaces[]; types?: import('./compare-types.mjs').ComparedTypes[]; nx?: Awaited<ReturnType<typeof import('./check-with-nx.mjs').checkWithNx>> }} input
 */
export function summarise({ list, packages, verified, checked, fixes, surfaces, types = [], nx }) {
  const familyOf = new Map(packages.map(({ name, family }) => [name, family]));
  const familyOfFile = (file) =>
    packages.findLast(({ name }) => file.startsWith(`packages/${name}/`))?.family;
  const families = list.families.map(({ name, make }) => {
    const reports = [...verified.reports]
      .filter(([project]) => familyOf.get(project) === name)
      .map(([, report]) => report);
    const own = surfaces.filter((one) => familyOf.get(one.name) === name);
    return {
      name,
      make,
      packages: packages.filter(({ family }) => family === name).length,
      entryPoints: sum(reports, ({ inventory }) => inventory.entryPoints.length),
      demands: {
        met: sum(reports, ({ coverage }) => coverage.demands.met),
        unmet: sum(reports, ({ coverage }) => coverage.demands.unmet),
        unknown: sum(reports, ({ coverage }) => coverage.demands.unknown),
      },
      ...outcomes(checked.filter(({ finding }) => familyOfFile(finding.file) === name)),
      surfaces: surfaceCounts(own),
      types: typeCounts(types.filter((one) => familyOf.get(one.name) === name)),
    };
  });
  const rules = [...new Set(checked.map(({ finding }) => `${finding.code} ${finding.rule}`))]
    .sort()
    .map((rule) => ({
      rule,
      ...outcomes(checked.filter(({ finding }) => `${finding.code} ${finding.rule}` === rule)),
    }));
  const refuted = checked.filter(({ outcome }) => outcome === 'refuted').map(brief);
  return {
    passes: refuted.length + verified.crashed.length + (fixes?.failures.length ?? 0) === 0,
    seconds: { engine: verified.seconds },
    families,
    rules,
    refuted,
    unclear: checked.filter(({ outcome }) => outcome === 'unclear').map(brief),
    confirmed: checked.filter(({ outcome }) => outcome === 'confirmed').map(brief),
    crashed: verified.crashed,
    ...(fixes && { fixes }),
    differing: surfaces.flatMap(({ name, compared }) =>
      compared.filter(differs).map((one) => ({ name, ...one })),
    ),
    differingTypes: types.filter(differsInTypes),
    notLoaded: surfaces.flatMap(({ name, notLoaded }) => notLoaded.map((one) => ({ name, ...one }))),
    unlisted: surfaces.flatMap(({ name, unlisted }) => unlisted.map((one) => ({ name, ...one }))),
    ...(nx ? { nx } : {}),
  };
}

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
const differs = ({ missing, extra }) => missing.length + extra.length > 0;

const differsInTypes = ({ missing, extra, kinds }) => missing.length + extra.length + kinds.length > 0;

/** `unknown`: the only difference is missing names, and the engine says that its list may be incomplete. */
function typeCounts(entries) {
  const differing = entries.filter(differsInTypes);
  const unknown = differing.filter(
    ({ extra, kinds, open }) => open && extra.length + kinds.length === 0,
  ).length;
  return {
    compared: entries.length,
    equal: entries.length - differing.length,
    unknown,
    different: differing.length - unknown,
  };
}

function outcomes(checked) {
  const count = (outcome) => checked.filter((one) => one.outcome === outcome).length;
  return {
    confirmed: count('confirmed'),
    refuted: count('refuted'),
    unclear: count('unclear'),
    limits: count('limit'),
  };
}

function brief({ finding, observed }) {
  const { code, severity, message, file, line, fingerprint } = finding;
  return { code, severity, message, at: `${file}:${line}`, fingerprint, observed };
}

function surfaceCounts(packages) {
  const of = (mode) => {
    const compared = packages.flatMap((one) => one.compared.filter((entry) => entry.mode === mode));
    return {
      compared: compared.length,
      equal: compared.filter((entry) => !differs(entry)).length,
      /** Names that are missing in an inventory that does not say that it may be incomplete. */
      missing: sum(compared, ({ missing, open }) => (open ? 0 : missing.length)),
      extra: sum(compared, ({ extra }) => extra.length),
    };
  };
  return {
    import: of('import'),
    require: of('require'),
    notLoaded: sum(packages, ({ notLoaded }) => notLoaded.length),
  };
}
