import type { InventoryEntryPoint, InventoryVariant } from '../model/report.js';
import type { UnknownFact } from '../model/surface.js';
import type { EntryPoint, Variant } from '../model/workspace.js';
import type { Surfaces } from '../surface/surfaces.js';
import type { View } from '../surface/view.js';

/**
 * Every entry point, the names of each of its existing variants, and the unknowns that were met.
 */
export function inventoryOf(
  surfaces: Surfaces,
  entryPoints: readonly EntryPoint[],
): { readonly entryPoints: readonly InventoryEntryPoint[]; readonly unknownFacts: readonly UnknownFact[] } {
  const unknownFacts: UnknownFact[] = [];
  const listed = entryPoints.map(({ subpath, variants }) => ({
    subpath,
    variants: variants
      .filter(({ exists, workspaceOnly }) => exists && !workspaceOnly)
      .map((variant) => {
        const { entry, found } = inventoryVariant(surfaces, variant);
        unknownFacts.push(...found);
        return entry;
      }),
  }));
  return { entryPoints: listed, unknownFacts };
}

function inventoryVariant(
  surfaces: Surfaces,
  variant: Variant,
): { entry: InventoryVariant; found: readonly UnknownFact[] } {
  const { conditions, file } = variant;
  if (variant.phase === 'asset') return { entry: { conditions, file, exports: [] }, found: [] };
  const surface = surfaces.of(file, viewOf(variant));
  const [open] = surface.unknownFacts;
  const entry = {
    conditions,
    file,
    exports: [...surface.names.keys()],
    ...(open ? { open: open.reason } : {}),
  };
  // A file that no code imports names from (a template, a stylesheet with a JavaScript name) is not
  // an unknown.
  return { entry, found: surface.unknownFacts.filter(({ kind }) => kind === 'opaque-exports') };
}

function viewOf({ conditions, phase }: Variant): View {
  const mode = conditions.includes('require') ? 'require' : 'import';
  return { phase: phase === 'types' ? 'types' : 'runtime', mode };
}
