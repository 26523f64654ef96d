import { expect, it } from 'vitest';
import { hasColor, hasLinks } from './terminal.js';

it.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR with FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
])('hasColor decides for %s', (_, env, isTty, expected) => {
  expect(hasColor(env, isTty)).toBe(expected);
});

it.each([
  ['a terminal that supports links', { TERM_PROGRAM: 'vscode' }, true, true],
  ['a task of Nx, which sets FORCE_COLOR', { TERM_PROGRAM: 'vscode', FORCE_COLOR: 'true' }, false, true],
  ['an unknown terminal', {}, true, false],
  ['a CI service', { TERM_PROGRAM: 'vscode', FORCE_COLOR: '1', CI: 'true' }, false, false],
  ['a pipe', { TERM_PROGRAM: 'vscode' }, false, false],
  ['NO_COLOR', { TERM_PROGRAM: 'vscode', NO_COLOR: '1' }, true, false],
  ['FORCE_HYPERLINK=1', { FORCE_HYPERLINK: '1' }, false, true],
  ['FORCE_HYPERLINK=0', { TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0' }, true, false],
])('hasLinks decides for %s', (_, env, isTty, expected) => {
  expect(hasLinks(env, isTty)).toBe(expected);
});
