import type { CalledModule, Demand, MissingMember } from '../../model/demand.js';
import type { EvidenceAt } from '../define-rule.js';
import { defineRule } from '../define-rule.js';
import { demandBreakage, importedName, unmetDemands } from '../unmet-demands.js';
import { chooseOrigin, entryEvidence, offersEvidence, originEvidence } from '../words.js';

interface Data {
  readonly demand: Demand;
  readonly why: MissingMember;
}

export const missingMember = defineRule<Data>({
  code: 'VE211',
  name: 'missing-member',
  reference: 'https://nodejs.org/api/esm.html#commonjs-namespaces',
  since: '0.1.0',
  severity: 'error',
  title: 'Code reads a property that the exported object does not have.',

  find: (facts) =>
    unmetDemands(facts, 'missing-member').map((group) =>
      demandBreakage<'missing-member', Data>(facts, group, { demand: group.demands[0], why: group.why }),
    ),

  describe({ demand, why }) {
    const evidence: EvidenceAt[] = [
      entryEvidence(why.entry),
      { role: 'declared', text: '', place: why.owner },
      ...originEvidence(why.origins ?? []),
      // If the declarations have exactly this member, similar names do not help.
      ...offersEvidence(demand.member!.at(-1) ?? demand.name ?? '', why.offers)
        .filter(({ role }) => !why.promised || role !== 'similar')
        .map((each) => (each.role === 'exports' ? { ...each, role: 'members' as const } : each)),
    ];
    if (why.called) return ofCalled(demand, why.called, why.side, evidence);
    return why.whole ? ofDefaultImport(demand, why.whole, evidence) : ofName(demand, why, evidence);
  },
});

function ofName(demand: Demand, { side, promised, origins }: MissingMember, evidence: EvidenceAt[]) {
  const owner = [demand.name, ...demand.member!.slice(0, -1)].join('.');
  if (origins) {
    const of = side === 'types' ? `the declared "${owner}"` : `its built "${owner}"`;
    const message = `"${importedName(demand)}" is read from "${demand.specifier}", but ${of} has two conflicting \`export *\` for this member, so it has neither.`;
    return { message, evidence, fix: chooseOrigin(demand.member!.at(-1)!) };
  }
  const lacking =
    side === 'types'
      ? `its declared "${owner}" has no such member`
      : `its built "${owner}" has no such member${promised ? ', although the declarations list it' : ''}`;
  return {
    message: `"${importedName(demand)}" is read from "${demand.specifier}", but ${lacking}.`,
    evidence,
  };
}

const USES = {
  function: 'used as a function',
  iterable: 'used as an iterable',
  promise: 'awaited',
} as const;

/** The default import of CommonJS, or a whole module, that is used as if it were no object. */
function ofCalled(
  demand: Demand,
  { as, whole, hasDefault, of }: CalledModule,
  side: string,
  evidence: EvidenceAt[],
) {
  const { specifier, form } = demand;
  const shown = evidence.filter(({ role, place }) => role !== 'similar' && place?.start !== 0);
  const use = USES[as];
  if (of === 'undefined')
    return {
      message: `The default import of "${specifier}" is undefined: its CommonJS module has no export \`default\`, and \`esModuleInterop\` is false in the importer's tsconfig.json.`,
      evidence: shown.filter(({ role }) => role !== 'members'),
      fix: { title: `set \`esModuleInterop\`, or write \`import x = require('${specifier}')\``, edits: [] },
    };
  if (of)
    return {
      message:
        of === 'value'
          ? `The default import of "${specifier}" is ${use}, but its built default export is an object.`
          : `The property \`default\` of the default import of "${specifier}" is ${use}, but its built default export has no such property.`,
      evidence: shown.filter(({ role }) => role !== 'members'),
      ...(of === 'inner' && { fix: { title: 'use the default import itself', edits: [] } }),
    };
  if (!whole && hasDefault)
    return {
      message: `The default import of "${specifier}" is ${use}, but ${side === 'types' ? 'for TypeScript it is the whole CommonJS module' : 'in Node it is all of `module.exports`'}, and only its \`default\` is the ${as}.`,
      evidence: shown,
      fix: {
        title: `use the exported default: \`lib.default\`, or give "${specifier}" an ES module under "import"`,
        edits: [],
      },
    };
  const how = !whole
    ? `The default import of "${specifier}" is`
    : form === 'import'
      ? `The namespace of "${specifier}" is`
      : `"${specifier}" is required and`;
  const object = side === 'types' ? 'its declarations describe an object' : 'its built module is an object';
  return {
    message: `${how} ${use}, but ${object} with exports.`,
    evidence: shown,
    ...(hasDefault && { fix: { title: 'use its export `default` instead', edits: [] } }),
  };
}

/** The default import of CommonJS. */
function ofDefaultImport(
  demand: Demand,
  { inDefault }: { readonly inDefault: boolean },
  evidence: EvidenceAt[],
) {
  const member = demand.member!.join('.');
  const { specifier } = demand;
  const message = inDefault
    ? `"${member}" is read from the default import of "${specifier}", but in Node the default import is all of \`module.exports\`, and only its \`default\` has that member.`
    : `"${member}" is read from the default import of "${specifier}", but its built module has no such member.`;
  const title = `read it through the exported default: \`lib.default.${member}\`, or give "${specifier}" an ES module under "import"`;
  return { message, evidence, ...(inDefault && { fix: { title, edits: [] } }) };
}
