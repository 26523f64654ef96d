import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { DockerfileOption, VerifyOptions } from '../model/options.js';
import type { Report } from '../model/report.js';

const FILES: readonly (readonly [string, string])[] = [
  ['packages/log/package.json', '{ "name": "@acme/log", "private": true, "exports": "./dist/index.js" }'],
  ['packages/log/dist/index.js', 'exports.log = console.log;'],
  [
    'packages/app/package.json',
    '{ "name": "@acme/app", "private": true, "main": "./dist/main.js", "dependencies": { "@acme/log": "*" } }',
  ],
  ['packages/app/dist/main.js', 'require("@acme/log").log(1);'],
];

function check(
  files: readonly (readonly [string, string])[],
  options: VerifyOptions = {},
  prepare: (root: string) => void = () => {},
): Report {
  using workspace = writeWorkspace(new Map([...FILES, ...files]));
  prepare(workspace.root);
  return checkAll(workspace.root, options).find(({ project }) => project === '@acme/app')!;
}

function configured(option: DockerfileOption, files: readonly (readonly [string, string])[]): Report {
  return check(files, { dockerfile: [option] });
}

const messages = ({ problems }: Report): readonly string[] => problems.map(({ message }) => message);
const codes = ({ findings }: Report): readonly string[] => findings.map(({ code }) => code);

describe('problems in the input', () => {
  it('include a missing Dockerfile', () => {
    expect(messages(configured({ file: 'docker/app' }, []))).toEqual([
      'The option "dockerfile" names docker/app, which does not exist.',
    ]);
  });

  it('include a stage that the Dockerfile does not have', () => {
    const report = configured({ file: 'D', target: 'prod' }, [['D', 'FROM node AS dev\nCOPY . .\n']]);
    expect(messages(report)).toEqual([
      'The option "dockerfile" names the stage "prod", but D has no such stage.',
    ]);
    expect(report.problems[0]!.remedy).toBe('Use one of its stages: dev.');
  });

  it('include a configured file that is not a Dockerfile, while a found one is unknown', () => {
    const text = '# syntax=docker/dockerfile:1\nthis is no Dockerfile\n';
    expect(configured({ file: 'D' }, [['D', text]]).problems).toMatchObject([
      { message: 'D cannot be used: "this" is not a Dockerfile instruction.', file: 'D', line: 2, column: 1 },
    ]);
    const found = check([['packages/app/Dockerfile', text]]);
    expect(found.problems).toEqual([]);
    expect(codes(found)).toEqual(['VE906']);
  });

  it('include a pattern that Docker rejects', () => {
    const files = [
      ['D', 'FROM node\nCOPY . .\n'],
      ['.dockerignore', 'a\n[\n'],
    ] as const;
    expect(configured({ file: 'D' }, files).problems).toMatchObject([
      { message: '.dockerignore cannot be used: Docker rejects the pattern "[".', line: 2 },
    ]);
  });

  it('include a folder that is configured as a file', () => {
    const report = check([], { dockerfile: [{ file: 'D' }] }, (root) => mkdirSync(join(root, 'D')));
    expect(messages(report)).toEqual(['D cannot be read (EISDIR).']);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'is an ignore file that cannot be read',
    () => {
      const report = check(
        [
          ['packages/app/Dockerfile', 'FROM node\nCOPY . .\n'],
          ['.dockerignore', 'a'],
        ],
        {},
        (root) => chmodSync(join(root, '.dockerignore'), 0),
      );
      expect(messages(report)).toEqual(['.dockerignore cannot be read (EACCES).']);
    },
  );

  it('do not include an ignore file that is a broken link', () => {
    const report = check([['packages/app/Dockerfile', 'FROM node\nCOPY . .\n']], {}, (root) =>
      symlinkSync('nowhere', join(root, '.dockerignore')),
    );
    expect(report.verdict).toBe('pass');
  });
});

describe('the image and its context', () => {
  it('use the context of the option', () => {
    const files = [['D', 'FROM node\nCOPY . .\n']] as const;
    expect(codes(configured({ file: 'D' }, files))).toEqual([]);
    const narrow = configured({ file: 'D', context: 'packages/app' }, files);
    expect(narrow.findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'VE307',
        '"@acme/log" is imported in built output, but the image of D does not contain packages/log: the build context packages/app does not include it.',
      ],
    ]);
  });

  it('use the stage of the option', () => {
    const files = [
      ['D', 'FROM node AS all\nCOPY . .\nFROM node AS part\nCOPY packages/app packages/app\n'],
    ] as const;
    expect(codes(configured({ file: 'D' }, files))).toEqual(['VE307']);
    expect(codes(configured({ file: 'D', target: 'ALL' }, files))).toEqual([]);
    expect(codes(configured({ file: 'D', target: '0' }, files))).toEqual([]);
  });

  it('use the ignore file of the Dockerfile instead of that of the context', () => {
    const files = [
      ['D', 'FROM node\nCOPY . .\n'],
      ['.dockerignore', 'packages/log\n'],
    ] as const;
    expect(codes(configured({ file: 'D' }, files))).toEqual(['VE307']);
    expect(codes(configured({ file: 'D' }, [...files, ['D.dockerignore', '*.md\n']]))).toEqual([]);
  });

  it('come with an exception that includes the files', () => {
    const fixOf = (ignore: string): unknown =>
      configured({ file: 'D' }, [
        ['D', 'FROM node\nCOPY . .\n'],
        ['.dockerignore', ignore],
      ]).findings[0]?.fix;
    expect(fixOf('packages/*\n!packages/app\n')).toMatchObject({
      title: 'add "!packages/log" below "packages/*" in .dockerignore',
    });
    expect(fixOf('packages/log/*\n')).toMatchObject({
      title: 'add "!packages/log/**" below "packages/log/*" in .dockerignore',
    });
  });

  it('use a Dockerfile at the root only if it mentions the folder and no package depends on the project', () => {
    const text = 'FROM node\nWORKDIR /app\nCOPY packages/app packages/app\n';
    expect(codes(check([['Dockerfile', text]]))).toEqual(['VE307']);
    expect(codes(check([['Dockerfile', text.replaceAll('packages/app', 'packages/app-2')]]))).toEqual([]);
    using workspace = writeWorkspace(
      new Map([...FILES, ['Dockerfile', 'FROM node\nCOPY packages/log/package.json packages/app ./\n']]),
    );
    expect(checkAll(workspace.root).find(({ project }) => project === '@acme/log')!.findings).toEqual([]);
  });
});
