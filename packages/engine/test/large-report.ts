import type { Finding, Report } from '../src/model/report.js';
import { mergeReports } from '../src/report/merged-report.js';
import type { MergedReport } from '../src/report/merged-report.js';
import { makeFinding, makeReport } from './make-finding.js';
import { randomFrom } from './random.js';
import type { Random } from './random.js';

const AREAS = ['billing', 'checkout', 'catalog', 'search', 'identity', 'shipping', 'support', 'analytics'];
const KINDS = ['api', 'model', 'client', 'ui', 'forms', 'state', 'queries', 'testing', 'routes', 'styles'];
const VERBS = ['create', 'read', 'format', 'parse', 'use', 'with', 'render', 'to'];
const NOUNS = ['Invoice', 'Order', 'Customer', 'Price', 'Session', 'Address', 'Query', 'Event', 'Cart'];
const SHARED = 20;
const APPS = 8;

/** The merged report of an invented workspace of this size: applications, libraries in areas, and shared libraries. */
export function largeReport(packages: number): MergedReport {
  const random = randomFrom(7);
  const plans = Array.from({ length: packages }, (_, index) => planOf(index, packages));
  const reports = plans.map(({ name, folder }, index): Report => {
    const exports = exportsOf(random);
    const providers = new Set<number>();
    const area = index - SHARED;
    for (let count = 2 + random.below(4); count > 0; count -= 1) {
      const near =
        area > 0 && random.below(3) > 0 ? Math.max(0, index - 1 - random.below(9)) : random.below(SHARED);
      if (near < index) providers.add(near);
    }
    return makeReport({
      project: name.replace('@acme/', ''),
      package: name,
      inventory: {
        entryPoints:
          index >= packages - APPS
            ? []
            : [
                {
                  subpath: '.',
                  variants: [
                    {
                      conditions: ['types'],
                      file: `${folder}/dist/index.d.ts`,
                      exports: [...exports, `${exports[0]}Options`],
                    },
                    { conditions: ['import'], file: `${folder}/dist/index.js`, exports },
                  ],
                },
              ],
      },
      imports: [...providers]
        .toSorted((a, b) => a - b)
        .map((provider) => ({
          package: plans[provider]!.name,
          entryPoint: '.',
          names: [
            { name: `readInvoice${provider}`, result: 'ok' as const, files: [`${folder}/src/main.ts`] },
          ],
        })),
    });
  });
  return mergeReports(withUsedNames(reports, random));
}

function planOf(index: number, packages: number): { readonly name: string; readonly folder: string } {
  if (index < SHARED)
    return {
      name: `@acme/shared-${KINDS[index % 10]}${index < 10 ? '' : '-next'}`,
      folder: `libs/shared/${KINDS[index % 10]}${index}`,
    };
  if (index >= packages - APPS)
    return { name: `@acme/${AREAS[index % 8]}-app`, folder: `apps/${AREAS[index % 8]}` };
  const area = AREAS[Math.floor((index - SHARED) / 22) % AREAS.length]!;
  const kind = KINDS[index % 10]!;
  return { name: `@acme/${area}-${kind}-${index}`, folder: `libs/${area}/${kind}-${index}` };
}

function exportsOf(random: Random): readonly string[] {
  const names = new Set<string>();
  for (let count = 4 + random.below(12); count > 0; count -= 1)
    names.add(`${VERBS[random.below(VERBS.length)]}${NOUNS[random.below(NOUNS.length)]}`);
  return [...names].toSorted();
}

const BROKEN_EVERY = 37;

/** Replaces the placeholder names by names that the providers export, and breaks some of them. */
function withUsedNames(reports: readonly Report[], random: Random): readonly Report[] {
  const byName = new Map(reports.map((report) => [report.package!, report]));
  let count = 0;
  return reports.map((report) => {
    const findings: Finding[] = [];
    const imports = report.imports.map((from) => {
      const exported = byName.get(from.package)!.inventory.entryPoints[0]?.variants[1]?.exports ?? [];
      const { files } = from.names[0]!;
      const names = exported
        .filter(() => random.below(3) === 0)
        .map((name) => ({ name, result: 'ok' as const, files }));
      count += 1;
      if (count % BROKEN_EVERY > 0) return { ...from, names };
      const name = `removed${count}`;
      const [file] = files;
      findings.push(
        makeFinding({
          message: `"${name}" is imported from "${from.package}", but its built entry point does not export it.`,
          name,
          file: file!,
          provider: { package: from.package, entryPoint: '.', conditions: ['import'] },
          fingerprint: `f${String(count).padStart(11, '0')}`,
          affected: {
            count: 1,
            places: [{ project: report.project, file: file!, line: 1, column: 10 }],
            projects: [report.project],
          },
        }),
      );
      return { ...from, names: [...names, { name, result: 'broken' as const, files }] };
    });
    return { ...report, imports, findings, verdict: findings.length > 0 ? 'fail' : 'pass' };
  });
}
