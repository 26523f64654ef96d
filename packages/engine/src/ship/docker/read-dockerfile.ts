import { createRequire } from 'node:module';
import nodePath from 'node:path';
import type * as DockerfileAst from 'dockerfile-ast';
import type { FilePath, Place } from '../../model/place.js';
import { isWithin } from '../../read/file-path.js';
import type { ImagePlan, OpaqueStep, RunStep, Stage, Step } from '../../model/image-plan.js';
import { isJson, pathsOf, rooted, unquoted } from './copy-paths.js';
import { classifyRun } from './run-command.js';
import { substituteVariables } from './substitute-variables.js';

/** Why a Dockerfile cannot be used. */
export interface UnreadableDockerfile {
  readonly reason: string;
  readonly place: Place;
}

interface StageDraft {
  readonly stage: Stage & { readonly steps: Step[] };
  workdir: string;
  readonly variables: Map<string, string | undefined>;
}

/**
 * Reads a Dockerfile: its stages, what each stage copies and from where, and the steps that may
 * create other files. ARG and ENV are substituted if the file has their values.
 *
 * @returns the reason if Docker could not build the file
 */
export function readDockerfile(file: FilePath, text: string): ImagePlan | UnreadableDockerfile {
  return new Reader(file, text).read();
}

export function isReadable(read: ImagePlan | UnreadableDockerfile): read is ImagePlan {
  return 'stages' in read;
}

class Reader {
  readonly #drafts: StageDraft[] = [];
  /** ARG before the first FROM. */
  readonly #global = new Map<string, string | undefined>();
  readonly #lineStarts: readonly number[];

  constructor(
    readonly file: FilePath,
    readonly text: string,
  ) {
    const starts = [0];
    for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
    this.#lineStarts = starts;
  }

  read(): ImagePlan | UnreadableDockerfile {
    // Loaded only if there is a Dockerfile to read.
    const { DockerfileParser } = createRequire(import.meta.url)('dockerfile-ast') as typeof DockerfileAst;
    for (const instruction of DockerfileParser.parse(this.text).getInstructions()) {
      const problem = this.#take(instruction);
      if (problem) return problem;
    }
    const start = { file: this.file, start: 0, end: 0 };
    if (this.#drafts.length === 0) return { reason: 'it has no FROM', place: start };
    return { file: this.file, stages: this.#drafts.map(({ stage }) => stage) };
  }

  #take(instruction: DockerfileAst.Instruction): UnreadableDockerfile | undefined {
    const keyword = instruction.getKeyword();
    const place = this.#placeOf(instruction.getRange());
    const draft = this.#drafts.at(-1);
    if (!KEYWORDS.has(keyword))
      return { reason: `"${instruction.getInstruction()}" is not a Dockerfile instruction`, place };
    if (keyword === 'FROM') return this.#from(instruction, place);
    if (keyword === 'ARG') this.#assign(instruction, draft?.variables ?? this.#global, true);
    if (!draft)
      return keyword === 'ARG' ? undefined : { reason: `${keyword} is before the first FROM`, place };
    const { stage } = draft;
    if (keyword === 'ENV') this.#assign(instruction, draft.variables, false);
    else if (keyword === 'WORKDIR') stage.steps.push(...this.#workdir(draft, instruction, place));
    else if (keyword === 'COPY' || keyword === 'ADD')
      stage.steps.push(...this.#copy(draft, keyword, instruction, place));
    else if (keyword === 'RUN') stage.steps.push(...this.#run(draft, instruction, place));
    return undefined;
  }

  #from(instruction: DockerfileAst.Instruction, place: Place): UnreadableDockerfile | undefined {
    const words = this.#words(instruction).filter((word) => !word.startsWith('--'));
    const [image, as, name] = words;
    if (image === undefined) return { reason: 'FROM names no image', place };
    const substituted = substituteVariables(image, this.#global);
    const base = 'text' in substituted ? this.#stageNamed(substituted.text) : undefined;
    const from = base === undefined ? undefined : this.#drafts[base];
    const isNamed = as?.toLowerCase() === 'as' && name !== undefined;
    this.#drafts.push({
      stage: {
        ...(isNamed && { name: name.toLowerCase() }),
        ...(base !== undefined && { base }),
        image: 'text' in substituted ? substituted.text : image,
        place,
        steps: [],
      },
      workdir: from?.workdir ?? '/',
      variables: new Map(from?.variables),
    });
    return undefined;
  }

  /** `A=1 B="x y"`, `A 1` (ENV only), `A` (ARG only: the global value, or unknown). */
  #assign(
    instruction: DockerfileAst.Instruction,
    into: Map<string, string | undefined>,
    isArg: boolean,
  ): void {
    const words = this.#words(instruction);
    if (!isArg && words[0] !== undefined && !words[0].includes('=')) {
      this.#set(into, words[0], words.slice(1).join(' '));
      return;
    }
    for (const word of words) {
      const cut = word.indexOf('=');
      if (cut > 0) this.#set(into, word.slice(0, cut), word.slice(cut + 1));
      else if (isArg) into.set(word, this.#global.get(word));
    }
  }

  #set(into: Map<string, string | undefined>, name: string, raw: string): void {
    const value = substituteVariables(unquoted(raw), into);
    into.set(name, 'text' in value ? value.text : undefined);
  }

  #workdir(draft: StageDraft, instruction: DockerfileAst.Instruction, place: Place): readonly Step[] {
    const path = substituteVariables(unquoted(this.#words(instruction).join(' ')), draft.variables);
    if ('unknown' in path) return [opaque(place, `the value of ${path.unknown} is not in the Dockerfile`)];
    draft.workdir = nodePath.posix.resolve(draft.workdir, path.text);
    return [];
  }

  #copy(
    draft: StageDraft,
    keyword: string,
    instruction: DockerfileAst.Instruction,
    place: Place,
  ): readonly Step[] {
    const flags = this.#flags(instruction);
    const paths: string[] = [];
    for (const word of pathsOf(this.#words(instruction), this.#contentOf(instruction))) {
      // A file whose text is in the Dockerfile does not come from the workspace.
      if (word.startsWith('<<')) return [];
      const path = substituteVariables(word, draft.variables);
      if ('unknown' in path) return [opaque(place, `the value of ${path.unknown} is not in the Dockerfile`)];
      paths.push(path.text);
    }
    const stated = paths.pop();
    if (stated === undefined || paths.length === 0) return [opaque(place, `${keyword} names no target`)];
    const target = nodePath.posix.resolve(draft.workdir, stated);
    const from = this.#fromFlag(flags, draft);
    if (from === 'unknown') return foreign(draft, target, place, flags.get('from')![0]!);
    const local = keyword === 'ADD' ? paths.filter((path) => !REMOTE.test(path)) : paths;
    const clone = paths.find((path) => !local.includes(path) && REPOSITORY.test(path));
    if (clone !== undefined) return [opaque(place, `"${clone}" is fetched while the image is built`)];
    if (local.length === 0) return [];
    return [
      {
        kind: 'copy',
        ...(from !== undefined && { from }),
        sources: local.map(rooted),
        target,
        intoFolder: /\/\.?$|^\.{1,2}$/.test(stated) || paths.length > 1,
        parents: flags.has('parents') && flags.get('parents')![0] !== 'false',
        excludes: flags.get('exclude') ?? [],
        place,
      },
    ];
  }

  #run(
    draft: StageDraft,
    instruction: DockerfileAst.Instruction,
    place: Place,
  ): readonly (RunStep | OpaqueStep)[] {
    const words = this.#words(instruction);
    const command = isJson(this.#contentOf(instruction))
      ? pathsOf(words, this.#contentOf(instruction)).join(' ')
      : words.join(' ');
    const mounts = this.#flags(instruction).get('mount') ?? [];
    const mounted = mounts.flatMap((mount) => {
      const from = /(?:^|,)from=([^,]+)/.exec(mount)?.[1];
      return from === undefined ? [] : (this.#stageNamed(from, this.#drafts.length - 1) ?? []);
    });
    const what = classifyRun(command);
    if (what === 'nothing') return [];
    const binds = mounts.some((mount) => !/(?:^|,)type=(?:cache|secret|ssh|tmpfs)\b/.test(mount));
    const production = draft.variables.get('NODE_ENV') === 'production';
    return [
      { kind: 'run', what, command, mounts: mounted, binds, workdir: draft.workdir, production, place },
    ];
  }

  #fromFlag(
    flags: ReadonlyMap<string, readonly string[]>,
    draft: StageDraft,
  ): number | 'unknown' | undefined {
    const from = flags.get('from')?.[0];
    if (from === undefined) return undefined;
    const name = substituteVariables(from, new Map([...this.#global, ...draft.variables]));
    return ('text' in name ? this.#stageNamed(name.text, this.#drafts.length - 1) : undefined) ?? 'unknown';
  }

  /** @param before only stages above this one can be copied from */
  #stageNamed(name: string, before = this.#drafts.length): number | undefined {
    const above = this.#drafts.slice(0, before);
    const named = above.findLastIndex(({ stage }) => stage.name === name.toLowerCase());
    if (named >= 0) return named;
    return /^\d+$/.test(name) && Number(name) < above.length ? Number(name) : undefined;
  }

  /** The arguments as written, flags left out. */
  #words(instruction: DockerfileAst.Instruction): readonly string[] {
    return instruction.getArguments().map((argument) => argument.getValue());
  }

  #flags(instruction: DockerfileAst.Instruction): ReadonlyMap<string, readonly string[]> {
    const flags = new Map<string, string[]>();
    if (!('getFlags' in instruction)) return flags;
    for (const flag of (instruction as DockerfileAst.ModifiableInstruction).getFlags()) {
      flags.set(flag.getName(), [...(flags.get(flag.getName()) ?? []), flag.getValue() ?? '']);
    }
    return flags;
  }

  /** The text after the keyword and its flags. */
  #contentOf(instruction: DockerfileAst.Instruction): string {
    const [first] = instruction.getArguments();
    if (!first) return '';
    const { start } = this.#placeOf(first.getRange());
    return this.text.slice(start, this.#placeOf(instruction.getRange()).end);
  }

  #placeOf({ start, end }: DockerfileAst.Instruction extends { getRange(): infer R } ? R : never): Place {
    const offset = ({ line, character }: typeof start): number => (this.#lineStarts[line] ?? 0) + character;
    return { file: this.file, start: offset(start), end: offset(end) };
  }
}

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** What ADD fetches; a single file is none of the workspace's, a repository may be anything. */
const REMOTE = /^([a-z]+:\/\/|git@)|\.git(#|$)/;
const REPOSITORY = /^git@|^(git|ssh):|\.git(#|$)/;

/**
 * Images often copy tools from other images. Only files that are copied into the application's
 * folders may replace some of these.
 */
function foreign(draft: StageDraft, target: string, place: Place, image: string): readonly OpaqueStep[] {
  const { workdir } = draft;
  if (workdir !== '/' && target !== '/' && !isWithin(workdir, target) && !isWithin(target, workdir))
    return [];
  return [opaque(place, `it copies from the image "${image}"`)];
}

function opaque(place: Place, reason: string): OpaqueStep {
  return { kind: 'opaque', reason, place };
}
