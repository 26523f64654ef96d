/** What inference needs to know about one workspace package. */
export interface Member {
  /** The folder, relative to the workspace root; `.` for the root itself. */
  readonly root: string;
  /** The file to which Nx attributes the target. */
  readonly configFile: string;
  /** The project's name; absent if Nx chooses it. */
  readonly name?: string;
  /** The name that importers write. */
  readonly packageName?: string;
  /** The package names in all dependency fields of the manifest. */
  readonly declared: readonly string[];
  /** The values of the target's option `dockerfile` in the workspace's files. */
  readonly dockerfiles?: readonly unknown[];
  /** Targets besides the build targets that write entry files; see the function of that name. */
  readonly otherBuilds?: readonly string[];
  /** TypeScript configurations outside the folder that its check reads. */
  readonly outerConfigs?: readonly string[];
  /** The project has a file that records what it exports. */
  readonly hasSurface?: boolean;
}

/** The manifests of one folder, as text; at least one of them exists. */
export interface ManifestTexts {
  readonly packageJson?: string;
  readonly projectJson?: string;
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Reads a folder's manifests.
 *
 * @returns undefined if a manifest is broken; Nx's own plugins report that
 */
export function readMember(root: string, texts: ManifestTexts): Member | undefined {
  const packageJson = texts.packageJson === undefined ? {} : parseObject(texts.packageJson);
  const projectJson = texts.projectJson === undefined ? {} : parseObject(texts.projectJson);
  if (!packageJson || !projectJson) return undefined;
  const packageName = stringOf(packageJson['name']);
  const nx = packageJson['nx'];
  const name =
    stringOf(projectJson['name']) ?? (isRecord(nx) ? stringOf(nx['name']) : undefined) ?? packageName;
  const file = texts.packageJson === undefined ? 'project.json' : 'package.json';
  return {
    root,
    configFile: root === '.' ? file : `${root}/${file}`,
    ...(name !== undefined && { name }),
    ...(packageName !== undefined && { packageName }),
    declared: declaredDependenciesOf(packageJson),
  };
}

/** The package names in all dependency fields of a manifest. */
export function declaredDependenciesOf(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const fields = DEPENDENCY_FIELDS.map((field) => manifest[field]).filter(isRecord);
  return [...new Set(fields.flatMap((field) => Object.keys(field)))];
}

/**
 * Parses JSON with comments, as Nx does; undefined if it is broken, nested too deeply, or no
 * object.
 */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const json = text.replace(/^\uFEFF/, '');
  const errors: unknown[] = [];
  try {
    // Almost all files are plain JSON, which Node's own parser reads ten times faster.
    const value: unknown = plainJson(json) ?? withComments(json, errors);
    return errors.length === 0 && isRecord(value) ? value : undefined;
  } catch {
    return undefined; // The parser is recursive.
  }
}

function withComments(json: string, errors: unknown[]): unknown {
  const { parse } = require('jsonc-parser') as typeof import('jsonc-parser');
  return parse(json, errors as never[], { allowTrailingComma: true });
}

function plainJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
