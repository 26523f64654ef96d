import { explainExport, packagesIn, renderExplanation, rulePageText } from '../../index.js';
import { packageNamed } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';
import type { CliWorkspace } from '../open-workspace.js';

export interface ExplainArguments {
  /** A rule, a package or an entry point. */
  readonly subject: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** Explains a rule, an entry point, or an exported name. */
export async function explainCommand(io: Io, { subject, name, json }: ExplainArguments): Promise<Status> {
  const page = name === undefined ? rulePageText(subject) : undefined;
  if (page !== undefined) {
    io.stdout.write(json ? `${JSON.stringify({ rule: subject, page }, null, 2)}\n` : page);
    return 0;
  }
  const workspace = await openWorkspace(io);
  const { project, subpath } = entryPointNamed(workspace, io.cwd, subject);
  const options = workspace.projects.get(project) ?? {};
  const explanation = explainExport({
    run: workspace.run,
    project,
    subpath,
    options,
    ...(name !== undefined && { name }),
  });
  io.stdout.write(json ? `${JSON.stringify(explanation, null, 2)}\n` : `${renderExplanation(explanation)}\n`);
  return 0;
}

/** `@acme/a/testing` is the entry point `./testing` of `@acme/a`, if no package has the longer name. */
function entryPointNamed(
  { run, root }: CliWorkspace,
  cwd: string,
  subject: string,
): { readonly project: string; readonly subpath: string } {
  const all = packagesIn(run);
  const owners = all
    .filter(({ name }) => name !== undefined && (subject === name || subject.startsWith(`${name}/`)))
    .toSorted((a, b) => b.name!.length - a.name!.length);
  const [owner] = owners;
  if (owner) return { project: owner.project, subpath: `.${subject.slice(owner.name!.length)}` };
  return { project: packageNamed(all, root, cwd, subject).project, subpath: '.' };
}
