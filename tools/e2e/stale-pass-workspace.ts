import { E2eWorkspace } from './e2e-workspace';
import type { Files } from './e2e-workspace';
import type { Major } from './nx-installation';
import { json, PACKAGES, BUILD_TARGET } from './stale-pass-packages';
import type { StalePassRun } from './stale-pass-runs';

function files(): Files {
  const entries = Object.entries(PACKAGES).flatMap(([name, { dependencies, source }]) => {
    const declared = Object.fromEntries(dependencies.map((other) => [`@acme/${other}`, '^1.0.0']));
    return [
      [
        `packages/${name}/package.json`,
        `{"name":"@acme/${name}","version":"1.0.0","private":true,"type":"module","exports":{".":"./dist/index.js"},` +
          `"dependencies":${JSON.stringify(declared)},"nx":{"targets":{"build":${BUILD_TARGET}}}}\n`,
      ],
      [`packages/${name}/src/index.js`, source],
    ] as const;
  });
  return {
    'package.json': json({ name: 'acme', version: '0.0.0', private: true, workspaces: ['packages/*'] }),
    'build.mjs': `import { cpSync, rmSync } from 'node:fs';
const root = new URL(process.argv[2] + '/', import.meta.url);
rmSync(new URL('dist', root), { recursive: true, force: true });
cpSync(new URL('src', root), new URL('dist', root), { recursive: true });
`,
    'packages/web/src/web.test.js': `import { tag } from '@acme/api';\nconsole.log(tag);\n`,
    ...Object.fromEntries(entries),
  };
}

/** One workspace for all runs on a major: installing Nx is what takes time. */
export class StalePassWorkspace {
  readonly #workspace: E2eWorkspace;
  readonly #initial: Files;

  constructor(major: Major) {
    this.#workspace = new E2eWorkspace(major, files());
    this.#initial = {
      ...files(),
      'nx.json': this.#workspace.read('nx.json'),
      '.gitignore': this.#workspace.read('.gitignore'),
    };
    this.#workspace.commit();
  }

  /**
   * Runs a healthy workspace twice, then once more after core lost the name that web imports.
   *
   * @returns what is wrong with the results, and everything that was printed
   */
  try(run: StalePassRun): { readonly wrong: readonly string[]; readonly output: string } {
    const workspace = this.#workspace;
    for (const path of [
      '.nx',
      '.cache',
      '.verify-exports',
      'packages/core/dist',
      'packages/api/dist',
      'packages/web/dist',
    ])
      workspace.remove(path);
    workspace.write(this.#initial);
    for (const name of Object.keys(PACKAGES)) this.#build(name);
    run.configure?.(workspace);
    const ask = () => workspace.nxWith(run.env ?? {}, ...run.args, '--output-style=static');
    const [first, second] = [ask(), ask()];
    workspace.edit(
      `packages/core/${run.breaks === 'source' ? 'src' : 'dist'}/index.js`,
      'const id',
      'const other',
    );
    const third = ask();

    const wrong: string[] = [];
    const isReplay = /web:verify-exports {2}\[(?:local cache|existing outputs match)/;
    if (run.healthy === 'passes') {
      if (first.status !== 0 || second.status !== 0) wrong.push('the healthy workspace fails');
    } else {
      if (first.status === 0) wrong.push('an unsafe pass succeeds');
      if (!first.output.includes(run.healthy)) wrong.push('the reason is not printed');
      if (second.output !== first.output && isReplay.test(second.output))
        wrong.push('an unsafe pass is replayed');
    }
    if (isReplay.test(second.output) !== (run.replays ?? false)) wrong.push('replayed: not as expected');
    if (third.status === 0) wrong.push('STALE PASS: the broken workspace succeeds');
    if (!third.output.includes('VE201')) wrong.push('the missing name is not reported');
    const output = [first, second, third].map(
      (result, index) => `--- ${index + 1}: ${result.status}\n${result.output}`,
    );
    return { wrong, output: output.join('\n') };
  }

  dispose(): void {
    this.#workspace.dispose();
  }

  #build(name: string): void {
    const source = `packages/${name}/src/index.js`;
    this.#workspace.write({ [`packages/${name}/dist/index.js`]: this.#workspace.read(source) });
  }
}
