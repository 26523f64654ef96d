import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../test/check-workspace.js';
import { writeWorkspace } from '../test/text-workspace.js';
import type { VerifyOptions } from './model/options.js';
import type { Report } from './model/report.js';
import type { ProjectInput } from './model/workspace.js';

const LIB = '{ "name": "@acme/lib", "version": "1.0.0", "type": "module", "exports": "./index.js" }';
const APP =
  '{ "name": "@acme/app", "private": true, "main": "main.mjs", "dependencies": { "@acme/lib": "*" } }';
const MAIN = 'import { a } from "@acme/lib";\nconsole.log(a);\n';

interface Settings {
  readonly options?: VerifyOptions;
  readonly projects?: readonly ProjectInput[];
  readonly before?: (root: string) => void;
  readonly after?: (root: string) => void;
}

function checked(
  files: Readonly<Record<string, string>>,
  { options, before, after, projects }: Settings = {},
): readonly Report[] {
  using workspace = writeWorkspace(
    new Map(
      Object.entries({
        'packages/lib/package.json': LIB,
        'packages/lib/index.js': 'export const a = 1;\n',
        'packages/app/package.json': APP,
        'packages/app/main.mjs': MAIN,
        ...files,
      }),
    ),
  );
  before?.(workspace.root);
  const reports = checkAll(workspace.root, options, projects);
  after?.(workspace.root);
  return reports;
}

const problemsOf = (reports: readonly Report[], project: string): readonly string[] =>
  reports.find((report) => report.project === project)!.problems.map(({ message }) => message);

/** Reading this file fails with an error that is no missing file, also for the superuser. */
const UNREADABLE = '/proc/self/mem';

describe('hostile input', () => {
  it
    .runIf(existsSync(UNREADABLE))
    .each([
      ['package.json'],
      ['index.js'],
      ['.npmignore'],
      ['verify-exports.baseline.json'],
      ['exports.surface.txt'],
    ])('costs only its own package the result if %s cannot be read', (name) => {
    const reports = checked(
      {
        'packages/other/package.json': '{ "name": "@acme/other", "private": true, "main": "index.js" }',
        'packages/other/index.js': 'exports.x = 1;\n',
      },
      {
        // Links are not found by globs.
        projects: ['app', 'lib', 'other'].map((folder) => ({
          name: `@acme/${folder}`,
          root: `packages/${folder}`,
        })),
        before: (root) => {
          const file = join(root, 'packages/lib', name);
          rmSync(file, { force: true });
          symlinkSync(UNREADABLE, file);
        },
      },
    );
    expect(reports.map(({ project }) => project)).toEqual(['@acme/app', '@acme/lib', '@acme/other']);
    expect(problemsOf(reports, '@acme/other')).toEqual([]);
    const lib = reports.find(({ project }) => project.endsWith('lib'))!;
    expect(lib.problems.map(({ message }) => message).join()).toContain(
      `packages/lib/${name} cannot be read`,
    );
  });

  it.runIf(process.platform !== 'win32').each([
    ['the manifest of an installed package', 'node_modules/outside/package.json'],
    ['a manifest inside an installed package', 'node_modules/outside/part/package.json'],
    ['the manifest of a linked package', 'packages/lib/package.json'],
    ['a manifest above the importing file', 'packages/app/src/package.json'],
    ['a tsconfig', 'packages/app/tsconfig.json'],
    ['a tsconfig that another one extends', 'packages/app/pipe.json'],
    ['a tsconfig that an installed package offers', 'node_modules/outside/pipe.json'],
    ['output', 'packages/lib/index.js'],
    ['a source map', 'packages/app/main.mjs.map'],
  ])('does not wait if a pipe is at the place of %s', (_, path) => {
    const bases = path.endsWith('pipe.json') ? ['./pipe.json', 'outside/pipe.json'] : [];
    const reports = checked(
      {
        'packages/app/main.mjs': `${MAIN}import 'outside';\nimport 'outside/part';\n//# sourceMappingURL=main.mjs.map\n`,
        'packages/app/src/main.ts':
          "import { a } from '@acme/lib';\nimport 'outside';\nimport 'outside/part';\n",
        'packages/app/tsconfig.json': JSON.stringify({ extends: bases }),
        'node_modules/outside/package.json': '{ "name": "outside", "version": "1.0.0" }',
        'node_modules/outside/index.js': '',
        'node_modules/outside/part/index.js': '',
      },
      {
        before: (root) => {
          const pipe = join(root, path);
          rmSync(pipe, { force: true });
          execFileSync('mkfifo', [pipe]);
        },
      },
    );
    expect(reports.map(({ project }) => project)).toContain('@acme/app');
  });

  it.runIf(process.platform !== 'win32').each([
    ['/', 'is a link to a folder that contains the workspace'],
    ['../../..', 'is a link to a folder that contains the workspace'],
    ['/usr', undefined],
    ['../app', undefined],
  ])('does not list all folders if output is a link to %s', (target, message) => {
    const reports = checked(
      {
        'packages/lib/package.json': LIB.replace('./index.js', './dist/index.js'),
        'packages/lib/src/index.ts': 'export const a = 1;\n',
      },
      { before: (root) => symlinkSync(target, join(root, 'packages/lib/dist')) },
    );
    expect(problemsOf(reports, '@acme/app').join()).not.toContain('link to');
    const messages = problemsOf(reports, '@acme/lib').join();
    if (message === undefined) expect(messages).not.toContain('contains the workspace');
    else expect(messages).toContain(`packages/lib/dist ${message}`);
  });

  it('does not compare rules for packing with a path of very many folders', () => {
    const deep = `${'d/'.repeat(200)}x.js`;
    const reports = checked({
      'packages/lib/index.js': `export * from './${deep}';\nexport const a = 1;\n`,
      [`packages/lib/${deep}`]: '',
    });
    expect(problemsOf(reports, '@acme/lib').join()).toContain('more than 60 levels deep');
    expect(problemsOf(reports, '@acme/app')).toEqual([]);
  });

  it.each([
    ['pnpm-workspace.yaml', 'packages: ["packages/*"]\n'],
    ['packages/app/serverless.yml', 'package: { patterns: ["!x"] }\n'],
  ])('reports aliases in %s that multiply', (file, rest) => {
    const lines = Array.from(
      { length: 9 },
      (_, at) => `b${at}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`,
    );
    const reports = checked({ [file]: `a: &a0 [x, x]\n${lines.join('\n')}\n${rest}` });
    expect(problemsOf(reports, '@acme/app').join()).toContain(file);
    if (file.startsWith('packages/app'))
      expect(reports.find(({ project }) => project === '@acme/lib')!.verdict).toBe('pass');
  });

  it.each([{ file: '/etc/passwd' }, { file: '../outside' }, { file: 'packages/app/Linked' }])(
    'reads no Dockerfile outside the workspace: $file',
    (dockerfile) => {
      const reports = checked(
        {},
        {
          options: { dockerfile: [dockerfile] },
          before: (root) => symlinkSync('/etc/passwd', join(root, 'packages/app/Linked')),
        },
      );
      expect(JSON.stringify(reports)).not.toContain('root:');
      expect(problemsOf(reports, '@acme/app')).toEqual([
        `The option "dockerfile" names ${dockerfile.file}, which is outside the workspace.`,
      ]);
    },
  );

  it('still reads a Dockerfile through a link inside the workspace', () => {
    const reports = checked(
      { 'docker/app.Dockerfile': 'FROM node:20\nCOPY . .\nCMD ["node", "packages/app/main.mjs"]\n' },
      {
        options: { dockerfile: [{ file: 'packages/app/Linked' }] },
        before: (root) => symlinkSync('../../docker/app.Dockerfile', join(root, 'packages/app/Linked')),
      },
    );
    expect(problemsOf(reports, '@acme/app')).toEqual([]);
  });

  it('shows no source outside the workspace that a source map names', () => {
    const sources = ['file:///etc/passwd', '/etc/passwd', '../../../../../../../etc/passwd', 'file:///%'];
    const map = JSON.stringify({ version: 3, sources, names: [], mappings: 'AAAA,CCAA,CCAA,CCAA' });
    const reports = checked({
      'packages/lib/src/index.ts': "import './side.js';\nexport const a = 1;\n",
      'packages/lib/src/side.ts': 'globalThis.x = 1;\n',
      'packages/lib/index.js': 'export const a = 1;\n//# sourceMappingURL=index.js.map\n',
      'packages/lib/index.js.map': map,
    });
    expect(JSON.stringify(reports)).not.toMatch(/passwd|root:/);
  });

  it.each(['%', 'data:application/json,%', '../../../../etc/passwd'])(
    'survives the source map URL %s',
    (url) => {
      const reports = checked({
        'packages/lib/src/index.ts': "import './side.js';\nexport const a = 1;\n",
        'packages/lib/src/side.ts': 'globalThis.x = 1;\n',
        'packages/lib/index.js': `export const a = 1;\n//# sourceMappingURL=${url}\n`,
      });
      expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    },
  );

  it('runs no code of a package', () => {
    const files = [
      'index.js',
      'index.cjs',
      'vite.config.js',
      'webpack.config.js',
      'jest.config.js',
      'probe.mjs',
    ];
    const code = (name: string): string =>
      `${name.endsWith('.cjs') ? 'const { writeFileSync } = require("node:fs");' : 'import { writeFileSync } from "node:fs"; export const a = 1;'}\nwriteFileSync("RAN", "");\n`;
    let ran = true;
    checked(
      {
        'packages/lib/package.json':
          '{ "name": "@acme/lib", "version": "1.0.0", "type": "module", "exports": { "import": "./index.js", "require": "./index.cjs" }, "scripts": { "prepare": "touch RAN", "prepack": "touch RAN" } }',
        ...Object.fromEntries(files.map((name) => [`packages/lib/${name}`, code(name)])),
      },
      {
        after: (root) =>
          (ran =
            existsSync('RAN') || existsSync(join(root, 'RAN')) || existsSync(join(root, 'packages/lib/RAN'))),
      },
    );
    expect(ran).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'treats the name %s like any other',
    (name) => {
      const reports = checked({
        'packages/lib/package.json': `{ "name": "@acme/lib", "version": "1.0.0", "type": "module", "exports": { ".": "./index.js", "./${name}": "./index.js" }, "imports": { "#${name}": "./index.js" }, "dependencies": { "${name}": "1" } }`,
        'packages/lib/index.js': `const x = 1;\nexport { x as ${name} };\n`,
        'packages/app/main.mjs': `import { ${name} as a, missing } from "@acme/lib";\nimport "@acme/lib/${name}";\nconsole.log(a, missing);\n`,
      });
      const names = reports.flatMap(({ findings }) => findings).filter(({ code }) => code === 'VE201');
      expect([...new Set(names.map((finding) => finding.name))]).toEqual(['missing']);
    },
  );
});

/** How often a test may look at its input, if the input is `factor` times as long. */
describe('the cost of long input', () => {
  const seconds = (files: Readonly<Record<string, string>>): number => {
    const start = process.cpuUsage();
    checked(files);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  const commonJs = (text: string): Readonly<Record<string, string>> => ({
    'packages/lib/package.json': '{ "name": "@acme/lib", "version": "1.0.0", "main": "index.js" }',
    'packages/lib/index.js': `${text}\nexports.a = 1;\n`,
  });
  const lines = (count: number, line: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n');
  const names = (count: number): string => Array.from({ length: count }, (_, at) => `n${at}`).join(', ');
  const withExports = (exports: object): Readonly<Record<string, string>> => ({
    'packages/lib/package.json': JSON.stringify({
      name: '@acme/lib',
      version: '1.0.0',
      type: 'module',
      exports: { '.': './index.js', ...exports },
    }),
  });
  /** Ten times the square root of `size` modules. Each names all others, so the input grows like `size`. */
  const circleOf = (
    size: number,
    star: (file: string) => string,
    own: (name: string) => string,
    extension = '.js',
  ): Readonly<Record<string, string>> => {
    const files = ['index', ...Array.from({ length: Math.round(Math.sqrt(size) * 10) }, (_, at) => `m${at}`)];
    return Object.fromEntries(
      files.map((file) => [
        `packages/lib/${file}${extension}`,
        [own(file === 'index' ? 'a' : file), ...files.filter((other) => other !== file).map(star)].join('\n'),
      ]),
    );
  };
  const image = (dockerfile: string): Readonly<Record<string, string>> => ({
    'packages/app/Dockerfile': dockerfile,
  });

  // Each of these took the square of its length, or grew exponentially. So the second is at least 16 times the first
  // without a fix, and the factor of 4 is more than a linear cost needs, with room for a busy machine.
  it.each<readonly [string, number, (size: number) => Readonly<Record<string, string>>]>([
    ['names of a CommonJS module', 4000, (size) => commonJs(lines(size, (at) => `exports.n${at} = ${at};`))],
    [
      'getters of a CommonJS module',
      2000,
      (size) =>
        commonJs(
          `var m = require("./m.js");\n${lines(size, (at) => `Object.defineProperty(exports, "n${at}", { enumerable: true, get: function () { return m.n${at}; } });`)}`,
        ),
    ],
    [
      'declared names without JavaScript',
      500,
      (size) => ({
        'packages/lib/package.json':
          '{ "name": "@acme/lib", "version": "1.0.0", "type": "module", "exports": { "types": "./index.d.ts", "default": "./index.js" } }',
        'packages/lib/index.d.ts': `${lines(size, (at) => `export declare const n${at}: number;`)}\nexport declare const a: number;\n`,
      }),
    ],
    [
      'modules that pass on the names of each other',
      40,
      (size) =>
        circleOf(
          size,
          (file) => `export * from './${file}.js';`,
          (name) => `export const ${name} = 1;`,
        ),
    ],
    [
      'declarations that pass on the names of each other',
      40,
      (size) => ({
        ...circleOf(
          size,
          (file) => `export * from './${file}.js';`,
          (name) => `export declare const ${name}: 1;`,
          '.d.ts',
        ),
        'packages/lib/package.json':
          '{ "name": "@acme/lib", "version": "1.0.0", "type": "module", "exports": { "types": "./index.d.ts", "default": "./main.js" } }',
        'packages/lib/main.js': 'export const a = 1;',
      }),
    ],
    [
      'files behind a CommonJS barrel, whose names are all imported',
      200,
      (size) => ({
        ...commonJs(lines(size, (at) => `__exportStar(require("./m${at}.js"), exports);`)),
        ...Object.fromEntries(
          Array.from({ length: size }, (_, at) => [`packages/lib/m${at}.js`, `exports.n${at} = 1;`]),
        ),
        'packages/app/main.mjs': `import { ${names(size)} } from "@acme/lib";\nconsole.log(${names(size)});\n`,
      }),
    ],
    [
      'missing names that are imported',
      500,
      (size) => ({
        'packages/app/main.mjs': `import { ${names(size)} } from "@acme/lib";\nconsole.log(${names(size)});\n`,
      }),
    ],
    [
      'exports without a declaration, which are imported',
      100,
      (size) => ({
        ...commonJs(lines(size, (at) => `exports.n${at} = n${at};`)),
        'packages/app/main.mjs': `import { ${names(size)} } from "@acme/lib";\nconsole.log(${names(size)});\n`,
      }),
    ],
    [
      'exports of a line without a declaration',
      2000,
      (size) => ({ 'packages/lib/index.js': `export const a = 1;export { ${names(size)} };` }),
    ],
    [
      'entry points',
      400,
      (size) =>
        withExports(Object.fromEntries(Array.from({ length: size }, (_, at) => [`./k${at}`, './index.js']))),
    ],
    [
      'wildcards of entry points',
      150,
      (size) => ({
        ...withExports(
          Object.fromEntries(Array.from({ length: size }, (_, at) => [`./k${at}/*`, `./k${at}/*.js`])),
        ),
        ...Object.fromEntries(
          Array.from({ length: size }, (_, at) => [`packages/lib/k${at}/x.js`, 'export const x = 1;']),
        ),
      }),
    ],
    [
      'alternatives in an array',
      800,
      (size) => withExports({ './x': Array.from({ length: size }, (_, at) => `./no${at}.js`) }),
    ],
    [
      'files with side effects',
      150,
      (size) => ({
        'packages/lib/package.json': JSON.stringify({
          name: '@acme/lib',
          version: '1.0.0',
          type: 'module',
          exports: './index.js',
          sideEffects: Array.from({ length: size }, (_, at) => `./m${at}.js`),
        }),
        'packages/lib/index.js': `export const a = 1;\n${lines(size, (at) => `import './m${at}.js';`)}`,
        ...Object.fromEntries(
          Array.from({ length: size }, (_, at) => [`packages/lib/m${at}.js`, 'globalThis.x = 1;']),
        ),
      }),
    ],
  ])('grows with %s like their number', (_, size, filesOf) => {
    seconds(filesOf(size));
    const [small, large] = [seconds(filesOf(size)), seconds(filesOf(size * 4))];
    expect(large / Math.max(small, 0.1)).toBeLessThan(10);
  });

  it.each([
    [
      'stages that copy twice from the one before',
      image(
        `FROM node:20 AS s0\nCOPY . /a\n${lines(30, (at) => `FROM node:20 AS s${at + 1}\nCOPY --from=s${at} /a /a\nCOPY --from=s${at} /a /b`)}\nFROM node:20\nCOPY --from=s30 / /\n`,
      ),
    ],
    [
      'stages that double the paths',
      image(
        `FROM node:20 AS s0\nCOPY . /a\n${lines(30, (at) => `FROM node:20 AS s${at + 1}\nCOPY --from=s${at} / /x\nCOPY --from=s${at} / /y`)}\n`,
      ),
    ],
    [
      'a variable that doubles',
      image(`FROM node:20\nENV A=xx\n${'ENV A=$A$A\n'.repeat(40)}WORKDIR /$A\nCOPY . .\n`),
    ],
    [
      'stars of .dockerignore',
      {
        ...image('FROM node:20\nCOPY . .\n'),
        '.dockerignore': `${'*a'.repeat(20)}b\n`,
        [`packages/app/${'a'.repeat(200)}.mjs`]: '',
        'packages/app/main.mjs': `${MAIN}import "./${'a'.repeat(200)}.mjs";\n`,
      },
    ],
    [
      'stars of .npmignore',
      {
        'packages/lib/.npmignore': `${'*a'.repeat(20)}b\n`,
        [`packages/lib/${'a'.repeat(200)}.js`]: '',
        'packages/lib/index.js': `export const a = 1;\nimport "./${'a'.repeat(200)}.js";\n`,
      },
    ],
    [
      'a diamond of tsconfigs',
      Object.fromEntries(
        Array.from({ length: 26 }, (_, at) => [
          `packages/app/${at === 0 ? 'tsconfig' : `t${at}`}.json`,
          at === 25 ? '{}' : `{ "extends": ["./t${at + 1}.json", "./t${at + 1}.json"] }`,
        ]),
      ),
    ],
  ])('is small for %s', (_, files) => expect(seconds(files)).toBeLessThan(10));

  it('ends in an unknown if stages copy a file to very many paths', () => {
    const reports = checked(
      image(
        `FROM node:20 AS s0\nCOPY . /a\n${lines(12, (at) => `FROM node:20 AS s${at + 1}\nCOPY --from=s${at} / /x\nCOPY --from=s${at} / /y`)}\nFROM node:20\nCOPY --from=s12 /nothing /srv\nCMD ["node", "/srv/packages/app/main.mjs"]\n`,
      ),
    );
    const findings = reports.flatMap((report) => report.findings);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    [19_740, 14 ** 2, { met: 1, unmet: 1, unknown: 0 }],
    [22_650, 15 ** 2, { met: 1, unmet: 0, unknown: 1 }],
  ])('follows at most 20,000 re-exports of CommonJS modules: %i', (_, size, demands) => {
    const reports = checked({
      ...commonJs(''),
      ...circleOf(
        size,
        (file) => `__exportStar(require("./${file}.js"), exports);`,
        (name) => `exports.${name} = 1;`,
      ),
      'packages/app/main.mjs': 'import { a, gone } from "@acme/lib";\nconsole.log(a, gone);\n',
    });
    const app = reports.find(({ project }) => project === '@acme/app');
    expect(app!.coverage.demands).toEqual(demands);
  });
});
