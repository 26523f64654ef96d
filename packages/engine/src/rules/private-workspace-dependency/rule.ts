import type { PrivateDependency } from '../../model/manifest-faults.js';
import { defineRule } from '../define-rule.js';

interface Data {
  readonly consumer: string;
  readonly dependency: PrivateDependency;
}

export const privateWorkspaceDependency = defineRule<Data>({
  code: 'VE209',
  name: 'private-workspace-dependency',
  reference: 'https://docs.npmjs.com/cli/configuring-npm/package-json#private',
  since: '0.1.0',
  severity: 'error',
  title: 'A published package depends on a private workspace package.',

  find: ({ own, manifest }) =>
    manifest.privateDependencies.map((dependency) => ({
      identity: [own.project, dependency.provider],
      hits: [{ project: own.project, place: dependency.place }],
      ...(dependency.isMeantForOthers ? {} : { atMost: 'warning' as const }),
      data: { consumer: own.name ?? own.project, dependency },
    })),

  describe: ({ consumer, dependency: { name, privatePlace, isMeantForOthers } }) => ({
    message: `"${name}" is listed as a dependency of "${consumer}", but it is private and never published, so "${consumer}" cannot be installed outside the workspace.`,
    evidence: [{ role: 'private', text: '', place: privatePlace }],
    fix: {
      title: isMeantForOthers
        ? `publish "${name}", or bundle it into "${consumer}" and list it under devDependencies`
        : `mark "${consumer}" as private too, if it is never published`,
      edits: [],
    },
  }),
});
