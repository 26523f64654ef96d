import { describe, expect, it } from 'vitest';
import { ContextFilter } from './context-filter.js';
import { readIgnorePatterns } from './ignore-pattern.js';
import { ImageContents } from './image-contents.js';
import { isReadable, readDockerfile } from './read-dockerfile.js';
import { classifyRun } from './run-command.js';
import { substituteVariables } from './substitute-variables.js';

function imageOf(text: string, target?: number): ImageContents {
  const plan = readDockerfile('Dockerfile', text);
  if (!isReadable(plan)) throw new Error(plan.reason);
  return new ImageContents(
    plan,
    new ContextFilter(readIgnorePatterns('.dockerignore', 'secret').patterns),
    target,
  );
}

function placesOf(text: string, path: string): readonly string[] | string {
  const verdict = imageOf(text).verdictOn(path);
  return verdict.kind === 'in' ? verdict.paths : verdict.kind;
}

describe('the target of COPY and ADD', () => {
  it.each([
    ['COPY . .', 'a/b.js', ['/a/b.js']],
    ['WORKDIR /srv\nCOPY . .', 'a/b.js', ['/srv/a/b.js']],
    ['WORKDIR /srv\nWORKDIR app\nCOPY . ./', 'a/b.js', ['/srv/app/a/b.js']],
    ['COPY a /x', 'a/b.js', ['/x/b.js']],
    ['COPY a/ /x/', 'a/b.js', ['/x/b.js']],
    ['COPY a/b.js /x', 'a/b.js', ['/x']],
    ['COPY a/b.js /x/', 'a/b.js', ['/x/b.js']],
    ['COPY a/b.js c.js /x', 'a/b.js', ['/x/b.js']],
    ['COPY a/*.js /x/', 'a/b.js', ['/x/b.js']],
    ['COPY a/*.js /x/', 'a/c/b.js', 'not-copied'],
    ['COPY packages/* /x/', 'packages/a/b.js', ['/x/b.js']],
    ['COPY --parents packages/*/package.json /x/', 'packages/a/package.json', ['/x/packages/a/package.json']],
    ['COPY --parents ./packages/./a/src /x/', 'packages/a/src/b.ts', ['/x/a/src/b.ts']],
    ['COPY --exclude=*.map a /x', 'a/b.map', 'not-copied'],
    ['COPY --exclude=*.map a /x', 'a/b.js', ['/x/b.js']],
    ['COPY ../a /x', 'a/b.js', ['/x/b.js']],
    ['COPY /a /x', 'a/b.js', ['/x/b.js']],
    ['COPY ["a b/c.js", "/x y/"]', 'a b/c.js', ['/x y/c.js']],
    ['COPY "a" /x', 'a/b.js', ['/x/b.js']],
    ['ADD a /x', 'a/b.js', ['/x/b.js']],
    ['ADD https://acme.test/a.sh a /x/', 'a/b.js', ['/x/b.js']],
    ['COPY --chown=1000:1000 --chmod=755 --link \\\n  # why\n  a \\\n  /x', 'a/b.js', ['/x/b.js']],
    ['ARG D=a\nENV T=/x/${D}\nCOPY $D ${T}/', 'a/b.js', ['/x/a/b.js']],
    ['COPY a b /x', 'ab/c.js', 'not-copied'],
    ['COPY . .', 'secret/key', 'ignored'],
    ['COPY a /x', 'secret/key', 'not-copied'],
  ])('%s', (text, path, places) => {
    expect(placesOf(`FROM node\n${text}`, path)).toEqual(places);
  });

  it('follows only the needed stages, by name, by number and as a base', () => {
    const text = [
      'ARG BASE=deps',
      'FROM node AS deps',
      'WORKDIR /d',
      'COPY a a',
      'FROM node AS never',
      'COPY c /c',
      'FROM ${BASE} AS next',
      'COPY b b',
      'FROM node',
      'COPY --from=next /d/b /only-b',
      'COPY --from=0 /d/ /all/',
    ].join('\n');
    expect(placesOf(text, 'b/x')).toEqual(['/only-b/x']);
    expect(placesOf(text, 'a/x')).toEqual(['/all/a/x']);
    expect(placesOf(text, 'c/x')).toBe('not-copied');
    expect(imageOf(text).verdictInAnyStage('c/x').kind).toBe('not-copied');
    expect(imageOf(text, 2).verdictOn('a/x')).toEqual({ kind: 'in', paths: ['/d/a/x'] });
  });
});

describe('unknown contents', () => {
  it.each([
    ['ARG P\nCOPY $P /x', 'the value of P is not in the Dockerfile'],
    ['WORKDIR $HOME/x', 'the value of HOME is not in the Dockerfile'],
    [
      'WORKDIR /app\nCOPY --from=acme/base /app/node_modules ./node_modules',
      'it copies from the image "acme/base"',
    ],
    [
      'ADD https://acme.test/acme.git /app',
      '"https://acme.test/acme.git" is fetched while the image is built',
    ],
    ['ADD git@acme.test:acme /app', '"git@acme.test:acme" is fetched while the image is built'],
  ])('%s', (text, reason) => {
    expect(imageOf(`FROM node\n${text}`).opaque.map((step) => step.reason)).toEqual([reason]);
  });

  it.each([
    'WORKDIR /app\nCOPY --from=busybox /bin/sh /bin/sh',
    'ADD https://acme.test/a.tar.gz /app/',
    'COPY <<EOF /app/config\na\nEOF',
    'ARG P=x\nCOPY $P /x',
  ])('do not include steps that add no file of the workspace: %s', (text) => {
    expect(imageOf(`FROM node\n${text}`).opaque).toEqual([]);
  });

  it.each([
    ['apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*', 'nothing'],
    ['mkdir -p /x; chown node:node /x', 'nothing'],
    ['corepack enable', 'nothing'],
    ['npm cache clean --force', 'nothing'],
    ['npm ci --omit=dev', 'install'],
    ['NODE_ENV=production yarn', 'install'],
    ['yarn install --immutable', 'install'],
    ['pnpm install --frozen-lockfile --prod', 'install'],
    ['npm ci && npm run build', 'build'],
    ['npx nx build api', 'build'],
    ['cp -r a b', 'build'],
    ['mkdir $(cat list)', 'build'],
    ['<<EOF\nanything\nEOF', 'build'],
  ])('RUN %s: %s', (command, what) => {
    expect(classifyRun(command)).toBe(what);
  });

  it.each([
    ['', 'it has no FROM'],
    ['COPY . .', 'COPY is before the first FROM'],
    ['{{ base }}', '"{{" is not a Dockerfile instruction'],
    ['FROM', 'FROM names no image'],
    ['FROM node\nCOPPY a b', '"COPPY" is not a Dockerfile instruction'],
  ])('include a Dockerfile that Docker cannot build: %j', (text, reason) => {
    expect(readDockerfile('Dockerfile', text)).toMatchObject({ reason });
  });
});

describe('substituteVariables', () => {
  const variables = new Map([
    ['A', 'a'],
    ['EMPTY', ''],
  ]);

  it.each([
    ['$A/${A}', { text: 'a/a' }],
    ['${A:-x}${B:-x$A}${EMPTY:-y}', { text: 'axay' }],
    ['${A:+x}${EMPTY:+y}', { text: 'x' }],
    ['\\$A', { text: '$A' }],
    ['$B', { unknown: 'B' }],
    ['$AB', { unknown: 'AB' }],
  ])('%s', (text, expected) => {
    expect(substituteVariables(text, variables)).toEqual(expected);
  });
});
