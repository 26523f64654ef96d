// The package managers that differ in what they do. package-managers.long.test.ts tries all of them.
import { INSTALLERS } from './installers';
import { tryInstallers } from './try-installers';

tryInstallers(INSTALLERS.filter(({ isLikeAnother }) => !isLikeAnother));
