import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import type { Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';
import { packedTarballs } from './packed-tarballs.js';

const tarballs = packedTarballs();

/** Files that only Nx loads, by `require`. They have no declarations, because no one imports them. */
const FOR_NX = /^\.\/dist\/(executors|generators)\//;

/** What both packages do on purpose: neither works under node10, and the engine is an ES module (Node 20.19 requires those). */
function isMeant(name: 'engine' | 'nx', problem: Problem): boolean {
  if (!('resolutionKind' in problem) || !('entrypoint' in problem)) return false;
  if (problem.resolutionKind === 'node10' && problem.kind === 'NoResolution') return true;
  if (name === 'engine') return problem.kind === 'CJSResolvesToESM';
  return problem.kind === 'UntypedResolution' && FOR_NX.test(problem.entrypoint);
}

describe.each(['engine', 'nx'] as const)('the tarball of %s', (name) => {
  it('has types that fit, for are-the-types-wrong', async () => {
    const data = new Uint8Array(readFileSync(tarballs[name]));
    const result = await checkPackage(createPackageFromTarballData(data));
    if (!result.types) throw new Error('the tarball contains no types');
    expect(result.problems.filter((problem) => !isMeant(name, problem))).toEqual([]);
  });

  it('has entry points that work, for publint', async () => {
    const { messages } = await publint({ pkgDir: join(import.meta.dirname, '../../packages', name) });
    const isForNx = (path: readonly string[]): boolean => FOR_NX.test(path[1] ?? '');
    // Nx reads `default` of such files as they are meant.
    const wrong = messages.filter(
      ({ code, path }) => !(code === 'CJS_WITH_ESMODULE_DEFAULT_EXPORT' && isForNx(path)),
    );
    expect(wrong).toEqual([]);
  });
});
