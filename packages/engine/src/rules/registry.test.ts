import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAllLoaded } from '../../test/check-workspace.js';
import type { TextFiles } from '../../test/text-workspace.js';
import { parseFencedFiles, writeWorkspace } from '../../test/text-workspace.js';
import type { Finding } from '../model/report.js';
import { mergeFindings } from '../report/merge-reports.js';
import { normalizeOptions } from '../report/normalize-options.js';
import { renderFindings } from '../formats/render-text.js';
import type { UnknownKind } from './define-rule.js';
import { rangeOf } from './ranges.js';
import type { RuleCode } from './ranges.js';
import { RULES } from './registry.js';

const here = import.meta.dirname;
const HEADINGS = [
  'What it reports',
  'Why it breaks',
  'Broken',
  'How to fix it',
  'What it cannot see',
  'When to turn it off',
];
const update = process.env['UPDATE_CASES'] !== undefined;

describe('the registry', () => {
  it('has one rule per folder, and one folder per rule', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(RULES.map(({ name }) => name).toSorted());
  });

  it('has each code once, in order', () => {
    const codes = RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
  });
});

/**
 * Every kind of unknown, and whether a rule reports it. A missing build is a problem of the input.
 */
const UNKNOWN_KINDS: Readonly<Record<UnknownKind, boolean>> = {
  'opaque-exports': true,
  'installed-exports': true,
  'undetected-by-node': true,
  'unparsed-module': true,
  'unresolved-star': true,
  'unknown-format': true,
  'no-declarations': true,
  'unknown-reference': true,
  'opaque-image': true,
  'untraceable-module': true,
  'not-built': false,
};

const HOSTS = [
  'docs.docker.com',
  'docs.npmjs.com',
  'github.com',
  'nodejs.org',
  'semver.org',
  'tc39.es',
  'webpack.js.org',
  'www.typescriptlang.org',
];

describe('the declaration of a rule', () => {
  it.each(RULES.map((rule) => [rule.name, rule] as const))(
    'of %s names its range and reference',
    (_, rule) => {
      expect(rule.range.slice(0, 3)).toBe(rule.code.slice(0, 3));
      expect(HOSTS).toContain(new URL(rule.reference).hostname);
      expect(rule.unknowns.length > 0).toBe(rule.range === 'VE9xx');
      expect(rule.title).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('gives each kind of unknown to one rule', () => {
    const owned = RULES.flatMap(({ unknowns }) => unknowns).toSorted();
    const reported = Object.entries(UNKNOWN_KINDS).flatMap(([kind, isReported]) =>
      isReported ? [kind] : [],
    );
    expect(owned).toEqual(reported.toSorted());
  });

  it('refuses a code outside the named ranges', () => {
    // Only JavaScript can pass such a code.
    expect(() => rangeOf(JSON.parse('"VE601"') as RuleCode)).toThrow('VE601 belongs to no range.');
  });
});

describe.each(RULES.map((rule) => [rule.name, rule] as const))('the page of %s', (name, rule) => {
  const page = join(here, name, 'README.md');
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';

  it('has its headings', () => {
    expect(text).toMatch(new RegExp(`^# ${rule.code} ${rule.name}\n`));
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
  });

  it('shows a broken example with a finding and a fixed one without', async () => {
    const broken = filesIn(text, 'Broken');
    expect(codesOf(await findingsIn(broken))).toContain(rule.code);
    expect(codesOf(await findingsIn(new Map([...broken, ...filesIn(text, 'How to fix it')])))).toEqual([]);
  });

  it('shows the printed finding of the broken example', async () => {
    const printed = `${renderFindings(await findingsIn(filesIn(text, 'Broken')))}\n`;
    if (update)
      writeFileSync(
        page,
        text.replace(MESSAGE, () => `\`\`\`text\n${printed}\`\`\``),
      );
    else expect(MESSAGE.exec(sectionOf(text, 'Broken'))?.[1]).toBe(printed);
  });

  it('shows valid options that turn the rule off', async () => {
    const broken = await findingsIn(filesIn(text, 'Broken'));
    const blocks = [...sectionOf(text, 'When to turn it off').matchAll(/^```json\n([\s\S]*?)^```$/gm)];
    expect(blocks).toHaveLength(2);
    for (const [, options] of blocks) {
      const left = await findingsIn(filesIn(text, 'Broken'), JSON.parse(options!) as object);
      expect(codesOf(left)).toEqual(codesOf(broken).filter((code) => code !== rule.code));
    }
  });
});

/** A plain text block without a path: the rendered message. */
const MESSAGE = /^```text\n([\s\S]*?)^```$/m;

function sectionOf(page: string, heading: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

function filesIn(page: string, heading: string): TextFiles {
  return parseFencedFiles(sectionOf(page, heading));
}

/** A block `options.json` is no file of the workspace: it holds options of the example itself. */
async function findingsIn(files: TextFiles, options?: object): Promise<readonly Finding[]> {
  const own = JSON.parse(files.get('options.json') ?? '{}') as object;
  using workspace = writeWorkspace(new Map([...files].filter(([path]) => path !== 'options.json')));
  return mergeFindings(await checkAllLoaded(workspace.root, normalizeOptions({ ...own, ...options })));
}

function codesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code }) => code);
}
