import { stripVTControlCharacters } from 'node:util';
import { main } from '../src/cli/main.js';
import type { Io } from '../src/cli/io.js';

/** What a command printed, and its exit status. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, by default without a terminal. */
export async function runCommand(
  cwd: string,
  args: readonly string[],
  { env = {}, columns }: { readonly env?: Io['env']; readonly columns?: number } = {},
): Promise<Ran> {
  let [out, err] = ['', ''];
  const isTTY = columns !== undefined;
  const io: Io = {
    cwd,
    env,
    stdout: { isTTY, columns, write: (text) => (out += text) },
    stderr: { isTTY, columns, write: (text) => (err += text) },
  };
  const status = await main(args, io);
  return { status, out, err: stripVTControlCharacters(err) };
}
