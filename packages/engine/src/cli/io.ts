/** The surroundings of a command, so that tests can replace them. */
export interface Io {
  /** The absolute path of the folder in which the command runs. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

export interface Terminal {
  readonly isTTY: boolean;
  /** In columns; undefined if the output is no terminal. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** The surroundings of this process. */
export function processIo(): Io {
  const terminal = (stream: NodeJS.WriteStream): Terminal => ({
    isTTY: stream.isTTY === true,
    columns: stream.columns,
    write: (text) => stream.write(text),
  });
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
  };
}
