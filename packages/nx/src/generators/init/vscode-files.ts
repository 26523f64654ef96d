import type { Tree } from '@nx/devkit';
import { isRecord } from '../../infer/member-manifest';
import { appendTo, readJsonc } from './json-edits';

const FILE = '.vscode/tasks.json';
const LOCATION = { owner: 'verify-exports', fileLocation: ['relative', '${workspaceFolder}'] };

/**
 * How VS Code reads the output: the place of a finding with its message on the next line, and
 * problems, with a place or only a file. Evidence has places too, but no severity, so it is not a
 * problem of its own.
 */
export const PROBLEM_MATCHERS = [
  {
    ...LOCATION,
    pattern: [
      {
        regexp: '^\\s*(\\S.*?):(\\d+):(\\d+) - (error|warning|info) (VE\\d+) \\S+$',
        file: 1,
        line: 2,
        column: 3,
        severity: 4,
        code: 5,
      },
      { regexp: '^\\s+(\\S.*)$', message: 1 },
    ],
  },
  {
    ...LOCATION,
    severity: 'error',
    pattern: {
      regexp: '^\\s*(\\S.*?):(\\d+):(\\d+) - could not check: (.*)$',
      file: 1,
      line: 2,
      column: 3,
      message: 4,
    },
  },
  {
    ...LOCATION,
    severity: 'error',
    pattern: {
      kind: 'file',
      regexp: '^\\s*((?!.*:\\d+:\\d+ - )\\S.*?) - could not check: (.*)$',
      file: 1,
      message: 2,
    },
  },
];

/** Adds the missing tasks to those of VS Code. It does not change existing tasks. */
export function writeVscodeFiles(tree: Tree, targetName: string): void {
  const { text, value } = readJsonc(tree, FILE);
  const present = Array.isArray(value['tasks']) ? value['tasks'] : [];
  const labels = new Set(present.filter(isRecord).map(({ label }) => label));
  let changed = text.trim() === '' || !tree.exists(FILE) ? '{\n  "version": "2.0.0"\n}\n' : text;
  const missing = tasks(targetName).filter(({ label }) => !labels.has(label));
  for (const task of missing) changed = appendTo(FILE, changed, { list: 'tasks', value: task });
  if (missing.length > 0) tree.write(FILE, changed);
}

function tasks(targetName: string) {
  // Without colours, boxes and cursor movements, because the matchers need plain lines.
  const options = { env: { NX_TUI: 'false', FORCE_COLOR: '0' } };
  const run = `npx nx run-many -t ${targetName} --outputStyle=static`;
  return [
    {
      label: targetName,
      type: 'shell',
      command: run,
      options,
      group: 'test',
      problemMatcher: PROBLEM_MATCHERS,
    },
    {
      label: `${targetName} (watch)`,
      type: 'shell',
      command: `npx nx watch --all --initialRun -- ${run}`,
      options,
      group: 'test',
      isBackground: true,
      problemMatcher: PROBLEM_MATCHERS.map((matcher, index) =>
        index > 0
          ? matcher
          : {
              ...matcher,
              background: {
                activeOnStart: true,
                beginsPattern: '^\\s*NX\\s+Running target',
                endsPattern: '^\\s*NX\\s+(Successfully ran|Ran) target',
              },
            },
      ),
    },
  ];
}
