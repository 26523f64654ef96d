import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string>>;

export interface Result {
  readonly status: number | null;
  /** Standard output and standard error, approximately in the order of the output. */
  readonly output: string;
}

/** Runs the workspace's own Nx, without the settings of the developer who runs the tests. */
export function runNx(root: string, args: readonly string[], env: Environment = {}): Result {
  const nx = join(root, 'node_modules', '.bin', 'nx');
  return runCommand(root, nx, args, env);
}

/**
 * @param env is added to an environment without the settings of the developer who runs the tests
 */
export function runCommand(
  root: string,
  command: string,
  args: readonly string[],
  env: Environment = {},
): Result {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...environment(), ...env },
    timeout: 300_000,
  });
  return { status, output: `${stdout}${stderr}` };
}

export function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:NX_|npm_|VITEST|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|CI$)/i.test(name),
  );
  const kept = Object.entries(process.env).filter(([name]) =>
    /^npm_config_(?:registry|cache|userconfig)$/i.test(name),
  );
  return {
    ...Object.fromEntries([...inherited, ...kept]),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_ANALYTICS: 'false',
    NO_COLOR: '1',
    CI: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}
