import type { Files } from './e2e-workspace';

/** Copies src to dist: these tests need no other build. */
const BUILD = `import { cpSync, rmSync } from 'node:fs';
rmSync('dist', { recursive: true, force: true });
cpSync('src', 'dist', { recursive: true });
`;

/** How Nx runs a build. A script starts the package manager, which takes longer than everything else in the tests that build. */
export type BuildBy = 'command' | 'script';

function manifest(name: string, by: BuildBy, dependencies: Readonly<Record<string, string>> = {}): string {
  const command = { command: 'node ../../build.mjs', options: { cwd: '{projectRoot}' } };
  const target = { outputs: ['{projectRoot}/dist'], cache: true, dependsOn: ['^build'] };
  const json = {
    name: `@acme/${name}`,
    version: '1.0.0',
    type: 'module',
    exports: { '.': './dist/index.js' },
    ...(by === 'script' && { scripts: { build: command.command } }),
    dependencies,
    nx: { targets: { build: { ...(by === 'command' && command), ...target } } },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/**
 * A healthy workspace: gateway imports two names of monitoring, which re-exports them from its own modules. logging has no
 * dependency. Each has a build.
 */
export function acmeFiles(by: BuildBy = 'command'): Files {
  return {
    'package.json': `${JSON.stringify({ name: 'acme', version: '0.0.0', private: true, workspaces: ['packages/*'] }, null, 2)}\n`,
    'build.mjs': BUILD,
    'packages/monitoring/package.json': manifest('monitoring', by),
    'packages/monitoring/src/index.js': `export { reportError } from './errors.js';\nexport { startTimer } from './timers.js';\n`,
    'packages/monitoring/src/errors.js': `export function reportError(error) {\n  console.error(error);\n}\n`,
    'packages/monitoring/src/timers.js': `export function startTimer() {\n  return Date.now();\n}\n`,
    'packages/gateway/package.json': manifest('gateway', by, { '@acme/monitoring': '^1.0.0' }),
    'packages/gateway/src/index.js': `import { reportError, startTimer } from '@acme/monitoring';\n\nexport function handle() {\n  try {\n    return startTimer();\n  } catch (error) {\n    reportError(error);\n  }\n}\n`,
    'packages/logging/package.json': manifest('logging', by),
    'packages/logging/src/index.js': `export function log(text) {\n  console.log(text);\n}\n`,
  };
}

/** The paths of the reports of its packages. */
export const REPORTS = ['gateway', 'logging', 'monitoring'].map(
  (name) => `.verify-exports/packages/${name}/report.json`,
);
