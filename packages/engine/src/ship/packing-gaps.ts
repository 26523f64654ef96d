import type { FilePath, Place } from '../model/place.js';
import type { Manifest, PackageJson, WorkspacePackage } from '../model/workspace.js';
import type { NeededFile, PackingGap } from '../model/shipping.js';
import type { WorkspaceView } from '../workspace-view.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { neededByConsumers } from './needed-files.js';
import { leftOutByNpm } from './npm-pack-walker.js';
import type { PackRule } from './pack-rule.js';
import { appliesPublishConfig, packageManagerOf } from '../read/package-manager.js';
import { overrideOf } from '../read/published-manifest.js';
import { builtCounterpart } from '../resolve/built-counterpart.js';
import { isTypeScriptSource } from '../resolve/declaration-files.js';

/**
 * The files that the consumers of a package need and its tarball does not contain. A package has no
 * tarball if it is private, has no name, or has neither a version nor a sign that it is published.
 */
export function packingGaps(view: WorkspaceView, own: WorkspacePackage): readonly PackingGap[] {
  const manifest = own.published;
  if (!manifest || !isPublished(own, manifest.json)) return [];
  const { disk, workspace } = view.run;
  const root = own.publishedRoot;
  const needed = neededByConsumers(view, own);
  const inside = needed.filter(({ file }) => isWithin(root, file));
  const request = {
    root,
    manifest: manifest.json,
    wanted: inside.map(({ file }) => pathWithin(root, file)),
  };
  const out = leftOutByNpm(disk, request);
  const gaps = new Gaps(
    disk,
    own,
    manifest,
    [...new Set(request.wanted.map((path) => path.split('/')[0]!))],
    ignoredOverride(view, own, manifest),
  );
  for (const file of inside) {
    const path = pathWithin(root, file.file);
    if (out.has(path)) gaps.add(file, out.get(path));
  }
  for (const file of inside) if (!out.has(pathWithin(root, file.file))) gaps.addSourceEntry(file);
  for (const file of needed) if (isLeaving(root, file)) gaps.addOutside(file);
  const isMember =
    isMeantToBe(manifest.json) &&
    root === own.root &&
    root !== '.' &&
    isWorkspaceMember(workspace.rootManifest);
  if (isMember && packageManagerOf(disk, workspace) === 'npm' && outOfTreeRules(disk, root).length > 0) {
    const asMember = leftOutByNpm(disk, { ...request, members: [root] });
    for (const file of inside) {
      const path = pathWithin(root, file.file);
      if (asMember.has(path) && !out.has(path)) gaps.addOutOfTree(file, asMember.get(path));
    }
  }
  return gaps.all;
}

function isPublished({ publication }: WorkspacePackage, json: PackageJson): boolean {
  if (!publication.published || json.name === undefined) return false;
  return json.version !== undefined || isMeantToBe(json);
}

/**
 * Whether a manifest shows that the package is published. Many packages that are not published lack
 * `private`, so a .gitignore that excludes their files is no error.
 */
function isMeantToBe(json: PackageJson): boolean {
  const { publishConfig, scripts } = json;
  if (publishConfig !== undefined || 'files' in json || 'repository' in json) return true;
  return ['prepack', 'prepublishOnly', 'publish', 'postpublish'].some(
    (name) => scripts?.[name] !== undefined,
  );
}

/** npm leaves such folders out without a rule. */
function neverPacked(file: FilePath): string {
  return file.includes('node_modules/') ? 'node_modules' : '';
}

/** The override in `publishConfig` that the package manager ignores. */
function ignoredOverride(
  { run }: WorkspaceView,
  own: WorkspacePackage,
  manifest: Manifest,
): PackingGap['override'] {
  const field = manifest.file === own.source?.file ? overrideOf(own.source) : undefined;
  if (field === undefined || appliesPublishConfig(run.disk, run.workspace.rootManifest)) return undefined;
  return {
    field,
    manager: packageManagerOf(run.disk, run.workspace),
    place: locateInManifest(manifest, ['publishConfig', field], 'key'),
  };
}

function isWorkspaceMember(rootManifest: Manifest | undefined): boolean {
  return rootManifest?.json.workspaces !== undefined;
}

/**
 * A file inside the package needs a file outside it, which no tarball of the package can contain.
 */
function isLeaving(root: FilePath, { file, by }: NeededFile): boolean {
  return !isWithin(root, file) && by !== undefined && by.kind !== 'entry' && isWithin(root, by.place.file);
}

class Gaps {
  readonly #found = new Map<string, Omit<PackingGap, 'files'> & { files: NeededFile[] }>();

  readonly root: FilePath;

  constructor(
    readonly disk: Disk,
    readonly own: WorkspacePackage,
    readonly manifest: Manifest,
    readonly tops: readonly string[],
    readonly override: PackingGap['override'],
  ) {
    this.root = own.publishedRoot;
  }

  get all(): readonly PackingGap[] {
    return [...this.#found.values()] as unknown as readonly PackingGap[];
  }

  add(file: NeededFile, rule: PackRule | undefined): void {
    const source = rule?.source ?? { kind: 'npm' as const };
    if (source.kind === 'files') this.#byFiles(file, rule!);
    else if (source.kind === 'ignore-file') {
      const { text, start, end } = rule!;
      this.#put(file, 'ignored', text, { file: source.file, start, end });
    } else if (source.kind === 'link') this.#put(file, 'link', '', this.#start());
    else this.#put(file, 'never-packed', rule?.text ?? neverPacked(file.file), this.#start());
  }

  /** npm always packs the files of `main` and `bin`, but Node runs no TypeScript in node_modules. */
  addSourceEntry(file: NeededFile): void {
    const { override } = this;
    const isEntry = file.by === undefined || file.by.kind === 'entry';
    if (!override || !isEntry || !isTypeScriptSource(file.file)) return;
    if ([...this.#found.values()].some((gap) => gap.override)) return;
    this.#put(file, 'source-entry', '', override.place);
  }

  addOutside(file: NeededFile): void {
    this.#put(file, 'outside', '', file.by!.place);
  }

  /**
   * The rule is in an ignore file between the workspace root and the package, which npm reads with
   * its own rules.
   */
  addOutOfTree(file: NeededFile, rule: PackRule | undefined): void {
    const line = outOfTreeRules(this.disk, this.root).findLast(({ text }) => text === rule?.text);
    if (line) this.#put(file, 'ignored', line.text, line.place, true);
  }

  /** `*` means that the list does not name the file. Another rule is an entry with `!`. */
  #byFiles(file: NeededFile, { text }: PackRule): void {
    const { files } = this.manifest.json as { readonly files?: readonly unknown[] };
    const index = (files ?? []).findIndex(
      (entry) => typeof entry === 'string' && text.startsWith(`!${entry}`),
    );
    if (text === '*' || index < 0) {
      this.#put(file, 'not-listed', text, locateInManifest(this.manifest, ['files'], 'value'));
    } else {
      this.#put(
        file,
        'taken-out',
        String(files![index]),
        locateInManifest(this.manifest, ['files', index], 'value'),
      );
    }
  }

  #start(): Place {
    return { file: this.manifest.file, start: 0, end: 0 };
  }

  #put(file: NeededFile, kind: PackingGap['kind'], text: string, place: Place, asMember = false): void {
    const built = this.#built(file.file);
    const isMeant = file.by?.kind === 'entry' || isTypeScriptSource(file.file);
    const override = isMeant ? this.override : undefined;
    const cause =
      override?.field ?? (built !== undefined && (file.by?.kind === 'entry' ? 'entry' : 'source'));
    const key = JSON.stringify([kind, place.file, place.start, text, cause]);
    const known = this.#found.get(key);
    if (known) known.files.push(file);
    else {
      const { manifest, root, tops } = this;
      const meant = isMeantToBe(manifest.json);
      const more = { ...(built !== undefined && { built }), ...(override && { override }) };
      this.#found.set(key, {
        kind,
        text,
        place,
        files: [file],
        manifest,
        root,
        tops,
        meant,
        asMember,
        ...more,
      });
    }
  }

  /** What the build made of a TypeScript source. */
  #built(file: FilePath): FilePath | undefined {
    if (!isTypeScriptSource(file)) return undefined;
    const { file: built, exists } = builtCounterpart(this.disk, this.own, file, 'runtime');
    return exists && built !== file ? built : undefined;
  }
}

/**
 * npm reads one ignore file in each folder, from the workspace's root down to the package's folder.
 */
function outOfTreeRules(
  disk: Disk,
  root: FilePath,
): readonly { readonly text: string; readonly place: Place }[] {
  const rules: { text: string; place: Place }[] = [];
  for (let folder = folderOf(root); folder !== undefined; folder = folderOf(folder)) {
    const file = ['.npmignore', '.gitignore']
      .map((name) => joinPath(folder, name))
      .find((path) => disk.isFile(path));
    if (file === undefined) continue;
    let start = 0;
    for (const line of (disk.readText(file) ?? '').split('\n')) {
      const text = line.trim();
      const at = start + line.indexOf(text);
      if (text !== '' && !text.startsWith('#'))
        rules.push({ text, place: { file, start: at, end: at + text.length } });
      start += line.length + 1;
    }
  }
  return rules;
}
