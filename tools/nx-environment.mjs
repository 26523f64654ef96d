/** The environment for Nx in measurements and harnesses: no daemon, no interface, no cloud, the same output everywhere. */
export const nxEnvironment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  CI: 'true',
  FORCE_COLOR: '0',
};
