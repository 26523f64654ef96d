type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether to print colours. Nx pipes the output of its tasks and sets FORCE_COLOR to say what the
 * terminal supports. NO_COLOR wins (no-color.org).
 */
export function hasColor(env: Environment = process.env, isTty = process.stdout.isTTY === true): boolean {
  const { NO_COLOR, FORCE_COLOR } = env;
  if (NO_COLOR) return false;
  return FORCE_COLOR === undefined ? isTty : FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
}

/**
 * Whether the terminal supports links (OSC 8). Other terminals print the sequence, so this is true
 * only for those that are known to support it, and never for the log of a CI service.
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
