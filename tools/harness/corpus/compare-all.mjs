import { compareSurfaces } from './compare-surfaces.mjs';

/**
 * Compares the surfaces of all packages, two packages at a time.
 *
 * @typedef {Awaited<ReturnType<typeof compareSurfaces>> & { name: string }} PackageSurfaces
 * @param {{ root: string; reports: ReadonlyMap<string, import('./check-workspace.mjs').Report> }} options
 * @returns {Promise<PackageSurfaces[]>} sorted by name
 */
export async function compareAll({ root, reports }) {
  const queue = [...reports];
  const results = [];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, report] = next;
      results.push({ name, ...(await compareSurfaces({ root, name, report })) });
    }
  };
  await Promise.all([lane(), lane()]);
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}
