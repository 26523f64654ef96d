import type { Demand, Unmet } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';

interface Data {
  readonly demand: Demand;
  readonly why: Extract<Unmet, { readonly kind: 'untyped-import' }>;
}

export const untypedImport = defineRule<Data>({
  code: 'VE214',
  name: 'untyped-import',
  reference: 'https://www.typescriptlang.org/tsconfig/#noImplicitAny',
  since: '0.1.0',
  severity: 'error',
  title: 'TypeScript code imports an entry point that has no declarations.',

  find: (facts) =>
    unmetDemands(facts, 'untyped-import').map((group) =>
      demandBreakage<'untyped-import', Data>(facts, group, { demand: group.demands[0], why: group.why }),
    ),

  describe({ demand: { specifier, types }, why: { entry, file } }) {
    const where = types?.node10
      ? 'TypeScript finds no declarations for it with "moduleResolution": "node10", which does not read "exports"'
      : 'the package has no declarations for this entry point';
    const declarations = file?.replace(
      /\.(?:jsx?|([cm])js)$/,
      (_, kind: string | undefined) => `.d.${kind ?? ''}ts`,
    );
    const title = types?.node10
      ? `set "moduleResolution" to "bundler" or "nodenext", or map the subpath in "typesVersions" of the provider's package.json`
      : `make the build write declarations${declarations === undefined ? '' : ` to ${declarations}`}, or give the entry point a "types" condition`;
    return {
      message: `"${specifier}" is imported, but ${where}, so TypeScript fails with "strict" or "noImplicitAny" (TS7016).`,
      evidence: [
        ...('place' in entry && entry.place
          ? [{ role: 'entry' as const, text: '', place: entry.place }]
          : []),
        ...(file === undefined
          ? []
          : [{ role: 'runtime' as const, text: '', place: { file, start: 0, end: 0 } }]),
      ],
      fix: { title, edits: [] },
    };
  },
});
