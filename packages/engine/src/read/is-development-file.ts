import type { FilePath } from '../model/place.js';
import { isTestFile } from './is-test-file.js';

/**
 * Whether a file's name or folder says that it only helps to develop a package: tests, the
 * configuration of tools, scripts. The path is relative to the package.
 */
export function isDevelopmentFile(file: FilePath): boolean {
  return isTestFile(file) || FOLDER.test(file) || CONFIGURATION.test(file);
}

const FOLDER = /(^|\/)(__mocks__|\.storybook)\/|^(scripts|bench|benchmarks?|cypress|playwright)\//;

const CONFIGURATION =
  /(^|\/)([\w.-]+[.-](config|conf|setup|preset)|\.[\w-]+rc|(jest|vitest|test|cypress|playwright)[.-]?[Ss]etup|gulpfile|Gruntfile)\.[cm]?[jt]sx?$/;
