import type { SurfaceChange } from '../model/package-surface.js';
import { printable } from '../model/printable.js';

/** A change in one line: `- . formatError (function)`. A minus means that something went away. */
export function renderChange(change: SurfaceChange): string {
  return printable(textOf(change));
}

function textOf(change: SurfaceChange): string {
  switch (change.kind) {
    case 'removed-export':
      return `- ${change.subpath} ${change.name} (${change.was})${change.lostFor ? ` for ${change.lostFor.join(', ')}` : ''}`;
    case 'removed-entry-point':
      return `- ${change.subpath}`;
    case 'removed-condition':
      return `- ${change.subpath} for ${change.lostFor.join(', ')}`;
    case 'changed-kind':
      return change.is
        ? `~ ${change.subpath} ${change.name}: ${change.was} → ${change.is}`
        : `- ${change.subpath} default (${change.was})`;
    case 'narrowed':
      return `~ ${change.field} ${change.name}: ${change.was ?? 'any version'} → ${change.is}`;
  }
}
