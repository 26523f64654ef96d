import dockerignoreModule from '@balena/dockerignore';
import { describe, expect, it } from 'vitest';
import { keptByDocker } from '../../../test/docker-context.js';
import { randomFrom } from '../../../test/random.js';
import { ContextFilter } from './context-filter.js';
import { readIgnorePatterns } from './ignore-pattern.js';

/**
 * Oracles: Docker's algorithm written a second time (test/docker-context.ts), on all generated
 * files; @balena/dockerignore, on files without exceptions, for which its older algorithm has the
 * same result.
 */

// Its declarations promise an ES module; Node's default import is the function itself.
const dockerignore = dockerignoreModule as unknown as typeof dockerignoreModule.default;

const PATHS = [
  'package.json',
  'monitoring',
  'packages/monitoring/package.json',
  'packages/monitoring/dist/index.js',
  'packages/monitoring/dist/deep/monitoring/x.js',
  'packages/gateway/dist/index.js',
  'packages/gateway/dist/index.js.map',
  'packages/gateway/src/(group)/page.ts',
  'apps/api/dist/main.js',
  'apps/api/Dockerfile',
  '.env',
  'dist/apps/api/main.js',
];
const PATTERNS = [
  '**/monitoring/',
  'monitoring',
  'packages/monitoring',
  'packages/monitoring/*',
  'packages/*/dist',
  '*/*/dist',
  '**/dist',
  '**/dist/**',
  '**',
  '*',
  '*.json',
  '**/*.json',
  '**/*.js.map',
  'packages',
  '/packages/gateway/',
  './apps/../packages/gateway',
  'packages/g?teway',
  '.*',
  'packages/**/index.js',
  'packages/gateway/src/(group)',
  'dist',
  'DIST',
  '# comment',
  '',
];

describe('the build context after .dockerignore', () => {
  it.each(Array.from({ length: 400 }, (_, seed) => seed))(
    'has the same files as with Docker, seed %i',
    (seed) => {
      const random = randomFrom(seed);
      const lines = Array.from({ length: 1 + random.below(5) }, () => {
        const pattern = random.pick(PATTERNS.filter((one) => !one.includes('..')));
        return random.chance(0.35) && pattern !== '' && !pattern.startsWith('#') ? `!${pattern}` : pattern;
      });
      expect(kept(lines.join('\n'))).toEqual(keptByDocker(lines.join('\n'), PATHS));
    },
  );

  it.each(Array.from({ length: 200 }, (_, seed) => seed))(
    'has the same files as with @balena/dockerignore, seed %i',
    (seed) => {
      const random = randomFrom(seed + 1000);
      const plain = PATTERNS.filter((pattern) => !/[()]/.test(pattern));
      const text = Array.from({ length: 1 + random.below(4) }, () => random.pick(plain)).join('\n');
      expect(kept(text)).toEqual(
        dockerignore({ ignorecase: false })
          .add(text)
          .filter([...PATHS]),
      );
    },
  );

  it.each([
    // From Docker's documentation of the file.
    ['*/temp*', 'somedir/temporary.txt', false],
    ['*/temp*', 'somedir/subdir/temporary.txt', true],
    ['*/*/temp*', 'somedir/subdir/temporary.txt', false],
    ['temp?', 'tempa', false],
    ['temp?', 'temp', true],
    ['**/*.go', 'a/b/c.go', false],
    ['*.md\n!README.md', 'README.md', true],
    ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', false],
    ['*.md\nREADME-secret.md\n!README*.md', 'README-secret.md', true],
    // The ending of a name, which moby's shortcut for a leading `**` compares.
    ['**foo', 'barfoo', false],
    ['**/foo', 'barfoo', true],
    [' # no comment, as it is indented', '# no comment, as it is indented', false],
    ['a[b-d]e', 'ace', false],
    ['a[^b-d]e', 'ace', true],
    ['a\\*b', 'a*b', false],
    ['a\\*b', 'axb', true],
    // An exception above the line that excludes has no effect; after it, it must match where the
    // line matched.
    ['!a/b\na', 'a/b', false],
    ['a/*\n!a', 'a/b', false],
    ['a\n!a/b', 'a/b/c', true],
    ['\uFEFFa', 'a', false],
    ['a\r\n!a/b\r\n', 'a/b', true],
  ])('%j on %s: kept %s', (text, path, isKept) => {
    expect(new ContextFilter(readIgnorePatterns('.dockerignore', text).patterns).verdictOn(path).kept).toBe(
      isKept,
    );
  });

  it('returns the line that decides', () => {
    const text = '# images\n**/dist\n!packages/a/**\n  packages/*/dist  \n';
    const { by } = new ContextFilter(readIgnorePatterns('.dockerignore', text).patterns).verdictOn(
      'packages/a/dist/x.js',
    );
    expect(by?.text).toBe('packages/*/dist');
    expect(text.slice(by!.place.start, by!.place.end)).toBe('packages/*/dist');
  });

  it('returns the lines that Docker rejects', () => {
    const { patterns, bad } = readIgnorePatterns('.dockerignore', 'a\n[\n!\n');
    expect(patterns.map(({ text }) => text)).toEqual(['a']);
    expect(bad.map(({ text }) => text)).toEqual(['[', '!']);
  });
});

function kept(text: string): readonly string[] {
  const filter = new ContextFilter(readIgnorePatterns('.dockerignore', text).patterns);
  return PATHS.filter((path) => filter.verdictOn(path).kept);
}
