import { expect, it } from 'vitest';
import { hasColor, hasLinks } from './terminal';

it.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR beats all', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, true, true],
])('colours: %s', (_, env, isTty, expected) => {
  expect(hasColor(env, isTty)).toBe(expected);
});

it.each([
  ['a terminal that is known to', { TERM_PROGRAM: 'vscode' }, true, true],
  ['in a task, where Nx tells by FORCE_COLOR', { TERM_PROGRAM: 'vscode', FORCE_COLOR: 'true' }, false, true],
  ['one that is not', {}, true, false],
  ['continuous integration', { TERM_PROGRAM: 'vscode', FORCE_COLOR: '1', CI: 'true' }, false, false],
  ['a pipe', { TERM_PROGRAM: 'vscode' }, false, false],
  ['NO_COLOR', { TERM_PROGRAM: 'vscode', NO_COLOR: '1' }, true, false],
  ['when forced', { FORCE_HYPERLINK: '1' }, false, true],
  ['when forbidden', { TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0' }, true, false],
])('links: %s', (_, env, isTty, expected) => {
  expect(hasLinks(env, isTty)).toBe(expected);
});
