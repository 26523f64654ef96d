import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { openRun, parseSurface, surfaceOf, surfacePathOf, VerifyError } from '../index.js';
import type { PackageInfo, PackageSurface, WorkspaceInput } from '../index.js';

/** What to compare a package with. */
export type Baseline =
  /** The committed surface file. */
  | { readonly kind: 'surface' }
  /** A version in the npm registry, or a tarball. */
  | { readonly kind: 'npm'; readonly spec: string }
  | { readonly kind: 'git'; readonly ref: string };

/**
 * What a person means: `surface`, `published`, `npm:1.2.0`, `npm:next`, a path of a tarball, or a
 * git ref.
 */
export function baselineNamed(text: string): Baseline {
  if (text === 'surface') return { kind: 'surface' };
  if (text === 'published') return { kind: 'npm', spec: 'latest' };
  if (text.startsWith('npm:')) return { kind: 'npm', spec: text.slice('npm:'.length) };
  if (text.endsWith('.tgz')) return { kind: 'npm', spec: text };
  return { kind: 'git', ref: text };
}

export interface BaselineContext {
  readonly root: string;
  readonly cwd: string;
  readonly input: WorkspaceInput;
  /** The command that builds the workspace at a git ref, if its surface files are not committed. */
  readonly build?: string;
}

/** Reads the surfaces of earlier versions. `dispose` removes the folders that it made. */
export class Baselines {
  readonly #context: BaselineContext;
  readonly #folders: string[] = [];
  #worktree: string | undefined;

  constructor(context: BaselineContext) {
    this.#context = context;
  }

  /**
   * The surface of a package at a baseline.
   *
   * @returns undefined if the package did not exist there, or has no surface file
   * @throws VerifyError if the baseline cannot be read
   */
  surfaceAt(baseline: Baseline, pkg: PackageInfo): PackageSurface | undefined {
    if (baseline.kind === 'surface') return this.#committed(pkg);
    return baseline.kind === 'npm' ? this.#published(baseline.spec, pkg) : this.#atRef(baseline.ref, pkg);
  }

  [Symbol.dispose](): void {
    if (this.#worktree !== undefined) {
      try {
        git(this.#context.root, 'worktree', 'remove', '--force', this.#worktree);
      } catch {
        // The folder is removed below. `git worktree prune` removes the entry.
      }
    }
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }

  #committed(pkg: PackageInfo): PackageSurface | undefined {
    const file = surfacePathOf(pkg.root);
    const text = attempt(() => readFileSync(join(this.#context.root, file), 'utf8'));
    return text === undefined ? undefined : parseSurface(file, text, nameOf(pkg)).surface;
  }

  /** Installs the package into a folder of its own, without running its scripts. */
  #published(spec: string, pkg: PackageInfo): PackageSurface | undefined {
    const folder = this.#folder();
    const { cwd } = this.#context;
    const wanted = spec.endsWith('.tgz')
      ? isAbsolute(spec)
        ? spec
        : resolve(cwd, spec)
      : `${nameOf(pkg)}@${spec}`;
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    try {
      const flags = [
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        '--legacy-peer-deps',
        '--loglevel=error',
      ];
      run('npm', ['install', wanted, ...flags], folder);
    } catch (error) {
      if (/\bE404\b|\bETARGET\b/.test(reasonOf(error))) return undefined;
      throw failed(
        `npm cannot install ${wanted}: ${firstLine(reasonOf(error))}.`,
        'Check the name, the version and the registry.',
      );
    }
    return surfaceIn(folder, `node_modules/${nameOf(pkg)}`, pkg);
  }

  #atRef(ref: string, pkg: PackageInfo): PackageSurface | undefined {
    const { root, build } = this.#context;
    const commit = this.#commitOf(ref);
    const file = surfacePathOf(pkg.root);
    const prefix = git(root, 'rev-parse', '--show-prefix').trim();
    const text = attempt(() => git(root, 'show', `${commit}:${prefix}${file}`));
    if (text !== undefined) return parseSurface(file, text, nameOf(pkg)).surface;
    if (build === undefined)
      throw failed(
        `${file} does not exist at ${ref}, so there is nothing to compare with.`,
        'Add --build "<command>" to build the workspace at that commit, or commit the surface files.',
      );
    const worktree = join((this.#worktree ??= this.#builtWorktree(commit, build)), prefix);
    if (attempt(() => readFileSync(join(worktree, pkg.root, 'package.json'))) === undefined) return undefined;
    return surfaceIn(worktree, pkg.root, pkg, this.#context.input);
  }

  #commitOf(ref: string): string {
    try {
      return git(this.#context.root, 'rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`).trim();
    } catch {
      throw failed(
        `git knows no commit "${ref}".`,
        'Use surface, published, npm:<version>, a tarball, or a git ref.',
      );
    }
  }

  /** The workspace at a commit, built, with the installed packages of today. */
  #builtWorktree(commit: string, build: string): string {
    const { root } = this.#context;
    const folder = join(this.#folder(), 'worktree');
    git(root, 'worktree', 'add', '--detach', folder, commit);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    try {
      execFileSync(build, {
        cwd: folder,
        shell: true,
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
      });
    } catch (error) {
      throw failed(
        `"${build}" fails at ${commit.slice(0, 10)}: ${firstLine(reasonOf(error))}.`,
        'Use a command that builds the workspace there.',
      );
    }
    return folder;
  }

  #folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'verify-exports-baseline-'));
    this.#folders.push(folder);
    return folder;
  }
}

function surfaceIn(root: string, folder: string, pkg: PackageInfo, input?: WorkspaceInput): PackageSurface {
  const projects = input?.projects ?? [{ name: pkg.project, root: folder }];
  return surfaceOf({
    run: openRun({ root, ...(input && !input.projects ? {} : { projects }) }),
    project: pkg.project,
  });
}

function nameOf({ name, project }: PackageInfo): string {
  return name ?? project;
}

function git(cwd: string, ...args: readonly string[]): string {
  return run('git', args, cwd);
}

function run(command: string, args: readonly string[], cwd: string): string {
  // On Windows, npm is a script that only a shell runs.
  const shell = process.platform === 'win32' && command === 'npm';
  return execFileSync(command, args, { cwd, shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
}

function firstLine(text: string): string {
  return text.split('\n')[0]!;
}

function failed(message: string, remedy: string): VerifyError {
  return new VerifyError({ kind: 'invalid-option', message, remedy });
}
