import type { ManifestTexts } from './member-manifest';
import { isRecord, parseObject } from './member-manifest';

/**
 * The sets of options that may apply to a project's target, in nx.json and in the project's files, those of configurations
 * included. Nx decides which one wins.
 *
 * @param names the keys under which nx.json may configure the target: its name and its executor
 */
export function statedOptions(
  names: readonly string[],
  texts: ManifestTexts,
  nxJson: string | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  const packageJson = parseObject(texts.packageJson ?? '{}');
  const projectJson = parseObject(texts.projectJson ?? '{}');
  const nx = isRecord(packageJson?.['nx']) ? packageJson['nx'] : undefined;
  const tables = [projectJson?.['targets'], nx?.['targets'], parseObject(nxJson ?? '{}')?.['targetDefaults']];
  return tables
    .flatMap((table) => (Array.isArray(table) ? table : names.map((name) => valueIn(table, name))))
    .flatMap(optionsIn);
}

function valueIn(table: unknown, name: string): unknown {
  return isRecord(table) ? table[name] : undefined;
}

/** A target's own options and those of its configurations. */
function optionsIn(target: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isRecord(target)) return [];
  const { options, configurations } = target;
  return [options, ...(isRecord(configurations) ? Object.values(configurations) : [])].filter(isRecord);
}
