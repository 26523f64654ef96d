type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether output may be coloured. Nx pipes its tasks' output and tells them by FORCE_COLOR what the terminal can do; NO_COLOR has
 * the last word (no-color.org).
 */
export function hasColor(env: Environment = process.env, isTty = process.stdout.isTTY === true): boolean {
  const { NO_COLOR, FORCE_COLOR } = env;
  if (NO_COLOR) return false;
  return FORCE_COLOR === undefined ? isTty : FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
}

/**
 * Whether the terminal makes links of OSC 8 sequences. What a terminal does not understand it prints, so only those that are known
 * to count; a log of continuous integration is none of them.
 */
export function hasLinks(env: Environment = process.env, isTty = process.stdout.isTTY === true): boolean {
  if (env['FORCE_HYPERLINK'] !== undefined) return env['FORCE_HYPERLINK'] !== '0';
  if (!hasColor(env, isTty) || env['CI'] || env['TERM'] === 'dumb') return false;
  const { TERM_PROGRAM, WT_SESSION, VTE_VERSION, KONSOLE_VERSION, TERM } = env;
  return (
    ['vscode', 'iTerm.app', 'WezTerm', 'ghostty', 'Hyper'].includes(TERM_PROGRAM ?? '') ||
    WT_SESSION !== undefined ||
    Number(VTE_VERSION ?? 0) >= 5000 ||
    KONSOLE_VERSION !== undefined ||
    TERM === 'xterm-kitty' ||
    TERM === 'alacritty'
  );
}
