import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

export interface Tarballs {
  readonly engine: string;
  readonly nx: string;
  /** Changes if the content of the packages changes. */
  readonly key: string;
}

let packed: Tarballs | undefined;

/**
 * Packs both packages as they would be published, into .cache/e2e.
 *
 * @throws Error if they are not built, because the tarballs contain dist and no sources
 */
export function packedTarballs(): Tarballs {
  packed ??= pack();
  return packed;
}

function pack(): Tarballs {
  for (const file of [
    'engine/dist/index.js',
    'nx/dist/plugin.js',
    'nx/dist/executors/verify-exports/schema.json',
  ]) {
    if (!existsSync(join(repository, 'packages', file)))
      throw new Error(`packages/${file} is missing: run \`npm run build\` first.`);
  }
  const folder = join(repository, '.cache', 'e2e');
  mkdirSync(folder, { recursive: true });
  const [engine, nx] = ['engine', 'nx'].map((name) => {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const output = execFileSync('npm', args, {
      cwd: join(repository, 'packages', name),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const listing = JSON.parse(output) as
      readonly { filename: string }[] | Readonly<Record<string, { filename: string }>>;
    return join(folder, Object.values(listing)[0]!.filename);
  }) as [string, string];
  const hash = createHash('sha1');
  for (const file of [engine, nx]) hash.update(readFileSync(file));
  return { engine, nx, key: hash.digest('hex').slice(0, 12) };
}
