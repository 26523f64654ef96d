import { parse } from 'jsonc-parser';

/** What inference needs to know of one workspace package. */
export interface Member {
  /** The folder, relative to the workspace root; `.` for the root itself. */
  readonly root: string;
  /** The file that the target is attributed to. */
  readonly configFile: string;
  /** The project's name; absent where it is Nx's to choose. */
  readonly name?: string;
  /** The name that importers write. */
  readonly packageName?: string;
  /** Package names in any of the manifest's dependency fields. */
  readonly declared: readonly string[];
  /** Values of the target's option `dockerfile`, as the workspace's files set it. */
  readonly dockerfiles?: readonly unknown[];
  /** TypeScript configurations outside of the folder that its verdict reads. */
  readonly outerConfigs?: readonly string[];
}

/** The manifests of one folder, as text; at least one of them is there. */
export interface ManifestTexts {
  readonly packageJson?: string;
  readonly projectJson?: string;
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Reads a folder's manifests.
 *
 * @returns undefined where a manifest is broken: Nx's own plugins report that
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

/** The package names that a manifest declares in any way. */
export function declaredDependenciesOf(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const fields = DEPENDENCY_FIELDS.map((field) => manifest[field]).filter(isRecord);
  return [...new Set(fields.flatMap((field) => Object.keys(field)))];
}

/** Parses JSON with comments, as Nx does; undefined where it is broken, nested too deeply, or no object. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const errors: unknown[] = [];
  try {
    const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors as never[], {
      allowTrailingComma: true,
    });
    return errors.length === 0 && isRecord(value) ? value : undefined;
  } catch {
    return undefined; // The parser is recursive.
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
