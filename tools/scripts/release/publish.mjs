// Publishes one package for `nx release publish`. It does nothing but call npm, whose `prepublishOnly` runs the release check.
// Usage: node tools/scripts/release/publish.mjs <folder> [--tag=next] [--registry=…]
import { spawnSync } from 'node:child_process';

const [folder, ...given] = process.argv.slice(2);
// Nx passes its own options in its own spelling; a dry run is also in the environment.
const options = given.filter((option) => /^--(?:tag|registry|access|otp)=/.test(option));
const dryRun = process.env['NX_DRY_RUN'] === 'true' ? ['--dry-run'] : [];
const { status } = spawnSync('npm', ['publish', ...options, ...dryRun], {
  cwd: folder,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
