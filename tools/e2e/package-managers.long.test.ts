// All package managers: `node tools/e2e/long.mjs package-managers`.
import { INSTALLERS } from './installers';
import { tryInstallers } from './try-installers';

tryInstallers(INSTALLERS);
