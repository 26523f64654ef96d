import { describe, expect, it } from 'vitest';
import { moduleEffects } from './module-effects.js';

describe('the effects of loading a module', () => {
  it.each([
    ['some', 'globalThis.acme = { ready: true };'],
    ['some', "import { locales } from './locales.js';\nlocales.set('de', {});"],
    ['some', "import config from './config.js';\nconfig.debug = true;"],
    ['some', "customElements.define('x-a', class extends HTMLElement {});"],
    ['some', "process.on('exit', () => {});"],
    ['some', 'try { window.x = 1; } catch {}'],
    ['some', 'await boot();'],
    ['some', '(globalThis.x ??= []).push(1);'],
    ['some', '(window as any).x = 1;'],
    ['some', 'Object.defineProperty(globalThis, "x", { value: 1 });'],
    ['none', 'export const a = 1, b = { c: [a, `${a}`] };'],
    ['none', 'export function f() { globalThis.x = 1; }'],
    ['none', 'const registry = new Map();\nexport const key = Symbol("key");'],
    ['none', 'export const x = /* @__PURE__ */ make();'],
    ['none', 'function F() {}\nF.displayName = "F";\nexport { F };'],
    ['none', 'export class A { static x = 1; }'],
    ['none', 'export interface A {}\nexport type B = A;'],
    ['none', 'declare global { interface Window { x: 1 } }\nexport {};'],
    ['none', "'use strict';\nexports.a = 1;"],
    ['unclear', 'if (process.env.NODE_ENV !== "production") console.log(1);'],
    ['unclear', 'import.meta.env.DEV && start();'],
    ['unclear', 'function setup() {}\nsetup();'],
    ['unclear', 'export const store = createStore();'],
    ['unclear', '(function () { window.x = 1; })();'],
    ['unclear', 'export class A { static { register(A); } }'],
    ['unclear', 'for (const x of list) add(x);'],
  ])('%s: %s', (effect, text) => {
    expect(moduleEffects('a.ts', text)?.effect).toBe(effect);
  });

  it.each([
    [false, "import './a.js';\nexport * from './b.js';\nexport { c } from './c.js';\nexport type T = 1;"],
    [false, 'export declare const x: number;'],
    [true, 'export const x = 1;'],
    [true, 'x();'],
  ])('has code of its own: %s: %s', (hasCode, text) => {
    expect(moduleEffects('a.ts', text)?.hasCode).toBe(hasCode);
  });

  it('are unknown for a file that is not a script', () => {
    expect(moduleEffects('a.css', 'a{}')).toBeUndefined();
    expect(moduleEffects('a.ts', 'const = 1;')).toBeUndefined();
    expect(moduleEffects('a.d.ts', 'export declare const x: 1;')).toEqual({ effect: 'none', hasCode: false });
  });
});
