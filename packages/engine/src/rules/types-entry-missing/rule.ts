import type { Variant } from '../../model/workspace.js';
import { defineRule } from '../define-rule.js';
import type { Breakage } from '../define-rule.js';
import { missingEntryOf, missingModules } from '../missing-modules.js';
import { entryEvidence } from '../words.js';

interface Data {
  readonly project: string;
  readonly subpath: string;
  readonly variant: Variant;
  readonly fallsBack: boolean;
}

export const typesEntryMissing = defineRule<Data>({
  code: 'VE103',
  name: 'types-entry-missing',
  reference: 'https://www.typescriptlang.org/docs/handbook/modules/reference.html#packagejson-exports',
  since: '0.1.0',
  severity: 'error',
  title: 'A manifest names a declaration file that does not exist.',

  find(facts) {
    const found = new Map<string, Breakage<Data>>();
    for (const entryPoint of facts.entryPoints) {
      for (const variant of entryPoint.variants) {
        if (variant.exists || variant.phase !== 'types' || found.has(variant.file)) continue;
        if (variant.workspaceOnly) continue;
        const fallsBack = facts.typesFallBack(entryPoint, variant);
        found.set(variant.file, {
          identity: [facts.own.project, variant.file],
          hits: [{ project: facts.own.project, place: variant.place }],
          provider: {
            package: facts.own.name ?? facts.own.project,
            entryPoint: entryPoint.subpath,
            conditions: variant.conditions,
            file: variant.file,
          },
          ...(fallsBack || facts.isUnused ? { atMost: 'warning' as const } : {}),
          data: { project: facts.own.project, subpath: entryPoint.subpath, variant, fallsBack },
        });
      }
    }
    const importers = missingModules(facts).flatMap((breakage) => {
      const entry = missingEntryOf(facts, breakage);
      return entry?.variant.phase === 'types' ? [[entry.variant.file, breakage.hits] as const] : [];
    });
    const hitsOf = new Map(importers);
    return [...found].map(([file, breakage]) => ({
      ...breakage,
      hits: [...breakage.hits, ...(hitsOf.get(file) ?? [])],
    }));
  },

  describe({ project, subpath, variant, fallsBack }, lookUp) {
    const pkg = lookUp.packageOf(project)!;
    const drift = lookUp.explain.movedOutputOf(pkg, variant.file, variant.conditions);
    const built = drift ? `wrote ${drift.written} instead` : 'contains no such file';
    const outcome = fallsBack
      ? `the build ${built}, so TypeScript uses other declarations`
      : `the build ${built}, so TypeScript treats the module as untyped`;
    return {
      message: `"${variant.target}" is listed as the declarations of "${subpath}", but ${outcome}.`,
      evidence: [entryEvidence({ subpath, ...variant })],
      ...(drift ? { fix: lookUp.fixes.drift(pkg, variant, drift) } : {}),
    };
  },
});
