import { createRequire } from 'node:module';
import type * as DockerfileAst from 'dockerfile-ast';
import type { Runtime, RuntimeSign } from '../model/audience.js';
import type { FilePath } from '../model/place.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import { commandFilesOf } from './command-files.js';
import type { Disk } from './disk.js';
import { isWithin, joinPath, pathWithin } from './file-path.js';
import { readTsconfig } from './read-tsconfig.js';
import { locateInManifest } from './locate-in-manifest.js';

/** The runtimes that load a package's output. Both may be true, and neither if there is no sign. */
export interface Runtimes {
  readonly node: boolean;
  readonly browser: boolean;
}

/**
 * The result of all signs. A certain sign always counts. A likely one counts if no sign of the same
 * strength or more names the other runtime.
 */
export function runtimesFrom(signs: readonly RuntimeSign[]): Runtimes {
  const has = (runtime: Runtime, strength?: RuntimeSign['strength']): boolean =>
    signs.some((sign) => sign.runtime === runtime && (strength ?? sign.strength) === sign.strength);
  return {
    node: has('node', 'certain') || (has('node') && !has('browser')),
    browser: has('browser', 'certain') || (has('browser') && !has('node')),
  };
}

/**
 * What a package's files and the caller's configuration say about the runtimes that load its
 * output. The imports of the output itself are not read here.
 */
export function runtimeSignsOf(disk: Disk, pkg: WorkspacePackage): readonly RuntimeSign[] {
  return [
    ...(pkg.runtimes ?? []),
    ...fromManifest(disk, pkg),
    ...fromDockerfiles(disk, pkg),
    ...fromConfigs(disk, pkg),
    ...fromPages(disk, pkg),
    ...fromTsconfig(disk, pkg),
  ];
}

const RUNNING_SCRIPT = /^(?:start|serve|prod|production)(?::|$)/;

/** A program that runs JavaScript on Node, and the words after it. */
const NODE_COMMAND =
  /(?:^|[\s;&|("'])(?:node|nodemon|pm2(?:-runtime)?\s+start|electron)((?:\s+[^\s;&|)"']+)+)/g;

const NODE_BUILD = /--(?:platform|target)[= ]node/;

function fromManifest(disk: Disk, pkg: WorkspacePackage): readonly RuntimeSign[] {
  const manifest = pkg.source ?? pkg.published;
  if (!manifest) return [];
  const signs: RuntimeSign[] = [];
  if (commandFilesOf(disk, pkg).length > 0)
    signs.push(sign('node', 'certain', `"bin" of ${manifest.file}`, manifest, ['bin']));
  for (const [name, script] of Object.entries(manifest.json.scripts ?? {})) {
    const runs = RUNNING_SCRIPT.test(name) && runsOutput(disk, pkg, script);
    if (!runs && !NODE_BUILD.test(script)) continue;
    signs.push(
      sign('node', 'certain', `script "${name}" of ${manifest.file}: ${script}`, manifest, ['scripts', name]),
    );
  }
  if (nodeRange(manifest) !== undefined)
    signs.push(sign('node', 'likely', `"engines.node" of ${manifest.file}`, manifest, ['engines', 'node']));
  if ('browserslist' in manifest.json)
    signs.push(sign('browser', 'likely', `"browserslist" of ${manifest.file}`, manifest, ['browserslist']));
  return signs;
}

/** The range in `engines.node`. */
export function nodeRange({ json }: Manifest): string | undefined {
  const engines = (json as Readonly<Record<string, unknown>>)['engines'];
  const node =
    typeof engines === 'object' && engines !== null && 'node' in engines ? engines.node : undefined;
  return typeof node === 'string' ? node : undefined;
}

function sign(
  runtime: Runtime,
  strength: RuntimeSign['strength'],
  reason: string,
  manifest?: Manifest,
  path: readonly string[] = [],
): RuntimeSign {
  return {
    runtime,
    strength,
    reason,
    ...(manifest && { place: locateInManifest(manifest, path, 'value') }),
  };
}

/**
 * Whether a command starts Node on the package's output. A script of the repository (`node
 * scripts/start.js`) is no output.
 */
function runsOutput(disk: Disk, pkg: WorkspacePackage, command: string): boolean {
  return [...command.matchAll(NODE_COMMAND)].some(([, words]) =>
    words!
      .trim()
      .split(/\s+/)
      .some((word) => !word.startsWith('-') && isOutput(disk, pkg, word)),
  );
}

function isOutput(disk: Disk, pkg: WorkspacePackage, word: string): boolean {
  // Tasks run in the package's folder, or in the workspace's.
  return [joinPath(pkg.root, word), joinPath(word)].some((path) => {
    if (path === pkg.root || isMain(pkg, path)) return true;
    if (pkg.outputs.length > 0) return pkg.outputs.some((folder) => isWithin(folder, path));
    const isFile = ['', '.js', '.mjs', '.cjs', '/index.js'].some((end) => disk.isFile(path + end));
    return isFile && isWithin(pkg.root, path) && isBesideMain(pkg, pathWithin(pkg.root, path));
  });
}

/** The build may not have written it. */
function isMain({ published, publishedRoot }: WorkspacePackage, path: string): boolean {
  const main = published?.json.main;
  return typeof main === 'string' && joinPath(publishedRoot, main) === path;
}

/**
 * Without known outputs: a file at the top of the package, in the folder of an entry point, or in a folder where
 * builds usually write.
 */
function isBesideMain({ published }: WorkspacePackage, path: string): boolean {
  const topOf = (file: string): string | undefined => /^(?:\.\/)?([^/]+)\//.exec(file)?.[1];
  const { main, module, exports } = published?.json ?? {};
  const top = topOf(path);
  if (top === undefined || /^(?:dist|build|out)$/.test(top)) return true;
  return [main, module, exports].flatMap(textsIn).some((target) => topOf(target) === top);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const DOCKERFILE = /^(?:Dockerfile|Containerfile)(?:\..+)?$|\.Dockerfile$/i;

function fromDockerfiles(disk: Disk, pkg: WorkspacePackage): readonly RuntimeSign[] {
  const own = pkg.root === '.' ? [] : dockerfilesIn(disk, pkg.root);
  return [
    ...own.map((file) => ({ file, isOwn: true })),
    ...dockerfilesIn(disk, '.').map((file) => ({ file, isOwn: pkg.root === '.' })),
  ].flatMap(({ file, isOwn }) => {
    const command = startCommand(disk.readText(file) ?? '');
    if (command === undefined || !/(?:^|[\s"'[/])node(?=[\s"',]|$)/.test(command)) return [];
    const names = [pkg.root, ...pkg.outputs].some((folder) => folder !== '.' && command.includes(folder));
    return isOwn || names ? [sign('node', 'certain', `${file} starts it: ${command}`)] : [];
  });
}

function dockerfilesIn(disk: Disk, folder: FilePath): readonly FilePath[] {
  return disk
    .filesIn(folder)
    .filter((name) => DOCKERFILE.test(name))
    .map((name) => joinPath(folder, name));
}

/** The ENTRYPOINT and CMD of the last stage. */
function startCommand(text: string): string | undefined {
  if (!/^\s*(?:CMD|ENTRYPOINT)\s/im.test(text)) return undefined;
  // Loaded only if there is a Dockerfile to read.
  const { DockerfileParser } = createRequire(import.meta.url)('dockerfile-ast') as typeof DockerfileAst;
  const last = new Map<string, string>();
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') last.clear();
    else if (keyword === 'CMD' || keyword === 'ENTRYPOINT')
      last.set(keyword, instruction.getArgumentsContent() ?? '');
  }
  const parts = ['ENTRYPOINT', 'CMD'].flatMap((keyword) => last.get(keyword) ?? []);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

const BUILD_CONFIG = /^(?:vite|webpack|rspack|rsbuild|tsup|tsdown|esbuild|rolldown)\.config\.[cm]?[jt]s$/;
/** Frameworks that render on a server and in the browser. */
const FULL_STACK_CONFIG = /^(?:next|nuxt|astro|remix|react-router)\.config\.[cm]?[jt]s$/;
/** The compiler of Svelte reads this file too. Only SvelteKit has a server. */
const SVELTE_CONFIG = /^svelte\.config\.[cm]?[jt]s$/;
const FOR_SVELTEKIT = /\bkit\s*:|@sveltejs\/(?:kit|adapter-)/;
const FOR_NODE =
  /\b(?:platform|target)\s*:\s*\[?\s*['"`](?:async-)?node[\d.]*['"`]|\bssr\s*:\s*(?:true|['"`])/;
const FOR_BROWSERS =
  /\btarget\s*:\s*['"`]web['"`]|\bplatform\s*:\s*['"`]browser['"`]|\bHtml(?:Webpack|Rspack)Plugin\b/;

function fromConfigs(disk: Disk, pkg: WorkspacePackage): readonly RuntimeSign[] {
  return disk.filesIn(pkg.root).flatMap((name) => {
    const file = joinPath(pkg.root, name);
    if (name === '.browserslistrc') return [sign('browser', 'likely', file)];
    if (FULL_STACK_CONFIG.test(name))
      return (['node', 'browser'] as const).map((one) => sign(one, 'certain', file));
    const isSvelte = SVELTE_CONFIG.test(name);
    if (!isSvelte && !BUILD_CONFIG.test(name)) return [];
    const text = (disk.readText(file) ?? '').replace(/^\s*(?:\/\/|\*).*$/gm, '');
    if (isSvelte)
      return FOR_SVELTEKIT.test(text)
        ? (['node', 'browser'] as const).map((one) => sign(one, 'certain', file))
        : [];
    return [
      ...(FOR_NODE.test(text) ? [sign('node', 'certain', `${file} builds for Node`)] : []),
      ...(FOR_BROWSERS.test(text) ? [sign('browser', 'certain', `${file} builds for browsers`)] : []),
    ];
  });
}

/** The places where Vite, Angular and others keep the page that an application starts from. */
const PAGES = ['index.html', 'src/index.html', 'public/index.html', 'app/index.html'];

function fromPages(disk: Disk, pkg: WorkspacePackage): readonly RuntimeSign[] {
  return PAGES.map((page) => joinPath(pkg.root, page))
    .filter((file) => disk.isFile(file))
    .map((file) => sign('browser', 'certain', file));
}

/** Sources that are checked with the browser's types and without Node's. */
function fromTsconfig(disk: Disk, pkg: WorkspacePackage): readonly RuntimeSign[] {
  for (const name of ['tsconfig.lib.json', 'tsconfig.app.json', 'tsconfig.json']) {
    const file = joinPath(pkg.root, name);
    if (!disk.isFile(file)) continue;
    try {
      const { lib, types } = readTsconfig(disk, file).compilerOptions ?? {};
      if (!lib?.some((one) => /^dom$/i.test(one)) || !types || types.includes('node')) continue;
      return [sign('browser', 'likely', `"lib" of ${file} has "dom", "types" has no "node"`)];
    } catch {
      // The compiler reports a broken configuration; here it says nothing.
    }
  }
  return [];
}
