import type { Demand, Mode, TypesResolution } from '../model/demand.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { compilerSettingsOf, followsNode } from '../read/compiler-settings.js';
import type { CompilerSettings } from '../read/compiler-settings.js';
import type { Disk } from '../read/disk.js';
import { folderOf } from '../read/file-path.js';
import { isTestFile } from '../read/is-test-file.js';
import { formatOf } from '../read/package-scope.js';

/** A module that imports, and how it is going to run. */
export interface ImportingModule {
  readonly file: FilePath;
  readonly record: ModuleRecord;
  readonly origin: 'source' | 'output';
}

/** The format of the modules in a package's output; undefined if it has none, or both. */
export type OutputFormat = () => Mode | undefined;

/**
 * What an import statement becomes when the file runs (see `Demand.mode`). The extension decides first, then Node's format for
 * files that run as they are written, then the format that the build writes. It is open only if none of them decides.
 */
export function importModeOf(
  disk: Disk,
  pkg: WorkspacePackage,
  { file, record, origin }: ImportingModule,
  outputFormat: OutputFormat = () => undefined,
): Demand['mode'] {
  if (/\.m[tj]s$/.test(file)) return 'import';
  if (file.endsWith('.cts')) return 'require';
  const runsAsWritten = origin === 'output' || pkg.outputs.length === 0;
  const isScript = record.language === 'js' || record.language === 'jsx';
  if (isScript && runsAsWritten) return 'import';
  if (record.language !== 'dts' && !runsAsWritten) {
    // A test runner may compile to another format than the build.
    return isTestFile(file) ? 'either' : (outputFormat() ?? 'either');
  }
  // As if it had no module syntax: then Node's answer depends on the package's "type" alone, as TypeScript's does.
  return formatOf(disk, file, false) === 'esm' ? 'import' : 'either';
}

/**
 * How TypeScript resolves the requests of a source, as its configuration says (`getModeForUsageLocation`). It is open if no
 * configuration decides, because then the version of TypeScript does. Undefined if it is the same as at run time.
 */
export function typesResolutionOf(
  disk: Disk,
  pkg: WorkspacePackage,
  { file, record, origin }: ImportingModule,
):
  | ((request: ModuleRequest, textWithModes: () => string | undefined) => TypesResolution | undefined)
  | undefined {
  const isSource = record.language === 'ts' || record.language === 'tsx';
  if (origin === 'output' || !isSource) return undefined;
  const settings = compilerSettingsOf(disk, file);
  if (isTestFile(file) && hasConfigForTests(disk, file)) return undefined;
  const isNode10 = settings.resolution !== undefined && /^(node|node10)$/.test(settings.resolution);
  const isStrict = settings.untyped === 'error' && !isTestFile(file);
  const format = formatOfSource(disk, file, settings);
  return (request, textWithModes) => {
    const isAliased = settings.aliases?.some((pattern) => matchesPattern(pattern, request.specifier));
    const common = {
      ...(followsNode(settings) && { nodenext: true as const }),
      ...(isNode10 && !isAliased && { node10: true as const }),
      ...(isStrict && !isAliased && { strict: true as const }),
    };
    const text = textWithModes();
    const mode = text === undefined ? undefined : writtenMode(request, text);
    if (mode) return { ...common, mode };
    if (request.form === 'import-equals' || common.node10) return { ...common, mode: 'require' };
    if (format === undefined) return pkg.outputs.length === 0 ? undefined : { ...common, mode: 'either' };
    const isDynamic = request.form === 'dynamic-import' && followsNode(settings);
    return { ...common, mode: isDynamic ? 'import' : format };
  };
}

function matchesPattern(pattern: string, specifier: string): boolean {
  const [before = '', after] = pattern.split('*', 2);
  if (after === undefined) return pattern === specifier;
  return specifier.length >= pattern.length - 1 && specifier.startsWith(before) && specifier.endsWith(after);
}

/** The format that TypeScript takes the file's import statements for. */
function formatOfSource(disk: Disk, file: FilePath, settings: CompilerSettings): Mode | undefined {
  const { module, resolution } = settings;
  if (/\.[cm]ts$/.test(file)) return file.endsWith('.mts') ? 'import' : 'require';
  if (followsNode(settings)) {
    // The type checkers of component files set their own format.
    return /\.tsx?$/.test(file) ? modeOf(formatOf(disk, file, false)) : undefined;
  }
  const keepsImports = module === 'preserve' || /^es(20|6|next)/.test(module ?? '');
  const isBundled = resolution === 'bundler' || (resolution === undefined && keepsImports);
  if (!isBundled) return undefined;
  return module === 'commonjs' ? 'require' : 'import';
}

function modeOf(format: 'esm' | 'commonjs'): Mode {
  return format === 'esm' ? 'import' : 'require';
}

/** `with { 'resolution-mode': 'import' }`, behind the specifier of a statement or of an import type. */
function writtenMode({ end }: ModuleRequest, text: string): Mode | undefined {
  if (!text.includes('resolution-mode')) return undefined;
  const written =
    /^\s*(?:,\s*\{\s*)?(?:with|assert)\s*:?\s*\{\s*["']?resolution-mode["']?\s*:\s*["'](import|require)["']/.exec(
      text.slice(end, end + 200),
    );
  return written?.[1] as Mode | undefined;
}

/** Tests are then compiled with settings of their own. */
function hasConfigForTests(disk: Disk, file: FilePath): boolean {
  for (let folder = folderOf(file); folder !== undefined; folder = folderOf(folder)) {
    const names = disk.filesIn(folder).filter((name) => /^tsconfig\b.*\.json$/.test(name));
    if (names.length === 0) continue;
    return names.some((name) => /\b(spec|tests?|vitest|jest|e2e|cypress|storybook)\b/.test(name));
  }
  return false;
}

/** The format of most sources' output, from the modules that the output graph contains. */
export function outputFormatOf(
  modules: Iterable<readonly [FilePath, ModuleRecord | undefined]>,
): Mode | 'both' | undefined {
  let found: Mode | undefined;
  for (const [, record] of modules) {
    if (record?.language !== 'js' || record.syntaxError) continue;
    const mode = record.hasModuleSyntax ? 'import' : isCommonJs(record) ? 'require' : undefined;
    if (mode && found && mode !== found) return 'both';
    found ??= mode;
  }
  return found;
}

function isCommonJs({ commonjs, requests }: ModuleRecord): boolean {
  if (requests.some(({ form }) => form === 'require')) return true;
  return commonjs !== undefined && commonjs.assigned.length + commonjs.assignedFrom.length > 0;
}
