import { groupBy } from '../../collections/group-by.js';
import type { EntryFailure } from '../../model/demand.js';
import type { InstalledMismatch } from '../../model/installed-mismatch.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';
import type { Description, EvidenceAt } from '../define-rule.js';
import { comparePlaces } from '../unmet-demands.js';
import { entryEvidence, listed, nearMisses, offersEvidence } from '../words.js';

type Of<Kind> = Extract<InstalledMismatch, { readonly kind: Kind }>;

export const missingFromInstalledPackage = defineRule<InstalledMismatch>({
  code: 'VE311',
  name: 'missing-from-installed-package',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'The built output imports something that the installed version of a package does not have.',

  find: ({ installedMismatches, own }) =>
    [...groupBy(installedMismatches, keyOf).values()].map((group) => {
      const sorted = group.toSorted(
        (a, b) => Number(b.certain) - Number(a.certain) || comparePlaces(a.place, b.place),
      );
      const first = sorted[0]!;
      return {
        identity: [own.project, first.specifier, ...(first.kind === 'name' ? [first.name] : [])],
        hits: sorted.map(({ place }) => ({ project: own.project, place })),
        provider: {
          package: first.packageName,
          entryPoint: first.entry.subpath,
          conditions: 'conditions' in first.entry ? first.entry.conditions : [],
        },
        ...(first.kind === 'name' && { name: first.name }),
        ...(!first.certain && { atMost: 'warning' as const }),
        data: first,
      };
    }),

  describe(mismatch) {
    const { message, evidence, fix } = mismatch.kind === 'name' ? ofName(mismatch) : ofEntryPoint(mismatch);
    return {
      message,
      evidence: [
        ...evidence,
        ...(mismatch.certain || mismatch.isStyle
          ? []
          : [{ role: 'when' as const, text: 'it fails when this code runs, not when the module loads' }]),
      ],
      ...(fix && { fix }),
    };
  },
});

function keyOf(mismatch: InstalledMismatch): string {
  return JSON.stringify([mismatch.specifier, mismatch.kind === 'name' ? mismatch.name : null]);
}

function ofName({ name, specifier, entry, offers, undetected, ...rest }: Of<'name'>): Description {
  const message = `"${name}" is imported from "${specifier}", but ${installed(rest)}`;
  if (!undetected)
    return {
      message: `${message} does not export it, so the import fails.`,
      evidence: [entryEvidence(entry), ...offersEvidence(name, offers)],
      fix: versionFix(rest, 'exports it'),
    };
  return {
    message: `${message} is CommonJS, and Node does not detect an export of this name in it, so the import fails.`,
    evidence: [entryEvidence(entry), { role: 'detected', text: listed(offers) }],
    fix: {
      title: `import the whole module: \`import whole from '${specifier}'; const { ${name} } = whole\``,
      edits: [],
    },
  };
}

function ofEntryPoint({ specifier, entry, required, ...rest }: Of<'entry-point'>): Description {
  const message = `"${specifier}" is ${required ? 'required' : 'imported'}, but`;
  const fails = required ? 'so the call fails' : 'so the import fails';
  const bundled = 'bundled' in entry ? entry.bundled : undefined;
  if (bundled !== undefined) {
    const why = entry.outcome === 'directory' ? 'this is a folder' : 'the file extension is missing';
    const named = `${rest.packageName}${bundled.slice(folderOf(rest.manifest).length)}`;
    return {
      message: `${message} ${why}, and Node does not search for a file if an ES module imports it, ${fails}.`,
      evidence: [{ role: 'file', text: '', place: { file: bundled, start: 0, end: 0 } }],
      fix: { title: `import '${named}'`, edits: [] },
    };
  }
  return {
    message: `${message} ${installed(rest)} ${lackOf(entry)}, ${fails}.`,
    evidence: entryEvidenceOf(entry),
    fix: versionFix(rest, 'has it'),
  };
}

function installed({ packageName, version }: Pick<InstalledMismatch, 'packageName' | 'version'>): string {
  return version === undefined ? `"${packageName}" as installed` : `version ${version} of "${packageName}"`;
}

function versionFix({ packageName }: Pick<InstalledMismatch, 'packageName'>, has: string): FixIdea {
  return { title: `install a version of "${packageName}" that ${has}, or change the import`, edits: [] };
}

function lackOf(entry: EntryFailure): string {
  switch (entry.outcome) {
    case 'not-listed':
      return `does not list "${entry.subpath}" in its "exports"`;
    case 'blocked':
      return `excludes "${entry.subpath}" from its "exports"`;
    case 'no-condition':
      return `has no target for the conditions [${entry.asked.join(', ')}]`;
    case 'invalid-target':
      return `has an invalid target for "${entry.subpath}"`;
    case 'no-entry':
      return 'has no entry point';
    case 'directory':
    case 'file-missing':
      return `does not contain ${entry.file.replace(/^.*node_modules\//, '')}`;
  }
}

function entryEvidenceOf(entry: EntryFailure): readonly EvidenceAt[] {
  const place = 'place' in entry && entry.place ? { place: entry.place } : {};
  if (entry.outcome === 'not-listed') {
    const similar = nearMisses(entry.subpath, entry.offered);
    return [
      { role: 'offered', text: listed(entry.offered), ...place },
      ...(similar.length > 0
        ? [{ role: 'similar' as const, text: `did you mean ${similar.join(' or ')}?` }]
        : []),
    ];
  }
  if (entry.outcome === 'no-condition')
    return [
      { role: 'offered', text: entry.offered.map((way) => `[${way.join(' › ')}]`).join(', '), ...place },
    ];
  return 'place' in entry && entry.place ? [{ role: 'manifest', text: '', ...place }] : [];
}

function folderOf(manifest: string): string {
  return manifest.replace(/\/package\.json$/, '');
}
