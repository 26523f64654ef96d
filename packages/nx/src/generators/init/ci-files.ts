import type { Tree } from '@nx/devkit';
import { packageManagerOf } from './install-commands';
import type { PackageManager } from './install-commands';

/** The values in a CI file. */
export interface CiFacts {
  readonly targetName: string;
  readonly buildTarget: string;
  /** The branch to compare changes with. */
  readonly base: string;
}

const GITHUB = '.github/workflows/verify-exports.yml';
const GITLAB = '.gitlab/verify-exports.gitlab-ci.yml';
const GITLAB_ROOT = '.gitlab-ci.yml';

/**
 * Writes a separate pipeline for a CI service. It never changes an existing file.
 *
 * @returns what the user still has to do
 */
export function writeCiFiles(tree: Tree, service: 'github' | 'gitlab', facts: CiFacts): readonly string[] {
  const manager = packageManagerOf(tree);
  if (service === 'github') {
    if (!tree.exists(GITHUB)) tree.write(GITHUB, githubWorkflow(facts, manager));
    return [];
  }
  if (!tree.exists(GITLAB)) tree.write(GITLAB, gitlabJob(facts, manager));
  const root = tree.read(GITLAB_ROOT, 'utf-8');
  if (root === null) {
    tree.write(GITLAB_ROOT, `include:\n  - local: ${GITLAB}\n`);
    return [];
  }
  return root.includes(GITLAB) ? [] : [`Add \`include: [{ local: ${GITLAB} }]\` to ${GITLAB_ROOT}.`];
}

/** A workflow for GitHub Actions that checks affected packages and annotates findings. */
export function githubWorkflow({ targetName, buildTarget, base }: CiFacts, manager: PackageManager): string {
  const { name, install, exec } = manager;
  return `name: verify-exports

on:
  push:
    branches: [${base}]
  pull_request:

permissions:
  actions: read
  contents: read

jobs:
  verify-exports:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          filter: tree:0
${setup(name)}
      - run: ${install}
      - uses: nrwl/nx-set-shas@v4
        with:
          main-branch-name: ${base}
      # Two commands: after the builds, one process checks all packages.
      - run: ${exec} nx affected -t ${buildTarget}
      - run: ${exec} nx affected -t ${targetName} --batch --format=github
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() }}
        with:
          name: verify-exports
          path: .verify-exports
          include-hidden-files: true
          if-no-files-found: ignore
`;
}

function setup(name: PackageManager['name']): string {
  if (name === 'bun') return '      - uses: oven-sh/setup-bun@v2';
  const node = `      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: ${name}`;
  return name === 'pnpm' ? `      - uses: pnpm/action-setup@v4\n${node}` : node;
}

/** A job for GitLab CI, for merge requests and the main branch. */
export function gitlabJob({ targetName, buildTarget, base }: CiFacts, manager: PackageManager): string {
  const { name, install, exec, lockFile } = manager;
  const cacheFolder = { npm: '.npm', pnpm: '.pnpm-store', yarn: '.yarn/cache', bun: '.bun' }[name];
  const prepare = {
    npm: [`${install} --cache .npm --prefer-offline`],
    pnpm: ['corepack enable', `pnpm config set store-dir ${cacheFolder}`, install],
    yarn: ['corepack enable', install],
    bun: [install],
  }[name];
  return `verify-exports:
  image: ${name === 'bun' ? 'oven/bun:1' : 'node:22'}
  stage: test
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == "${base}"
  variables:
    GIT_DEPTH: 0
    NX_BASE: \${CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_BEFORE_SHA}
    NX_HEAD: $CI_COMMIT_SHA
  cache:
    key:
      files: [${lockFile}]
    paths: [${cacheFolder}/]
  script:
${prepare.map((line) => `    - ${line}`).join('\n')}
    # Two commands: after the builds, one process checks all packages.
    - ${exec} nx affected -t ${buildTarget}
    - ${exec} nx affected -t ${targetName} --batch
  artifacts:
    when: always
    paths: [.verify-exports/]
    expire_in: 1 week
`;
}
