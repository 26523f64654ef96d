import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeAll } from '../../test/judge-workspace.js';
import type { TextFiles } from '../../test/text-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { mergeFindings } from '../report/merge-reports.js';
import { RULES } from './registry.js';

const here = import.meta.dirname;
const HEADINGS = ['What it finds', 'Why it breaks', 'Broken', 'Fixed', 'Blind spots', 'Turning it off'];

describe('the registry', () => {
  it('has one rule per folder, and one folder per rule', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(RULES.map(({ name }) => name).toSorted());
  });

  it('gives each code once, in order', () => {
    const codes = RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
  });
});

describe.each(RULES.map((rule) => [rule.name, rule] as const))('the page of %s', (name, rule) => {
  const page = join(here, name, 'README.md');
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';

  it('has its headings', () => {
    expect(text).toMatch(new RegExp(`^# ${rule.code} ${rule.name}\n`));
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
  });

  it('shows a broken example that fires and a fixed one that does not', () => {
    const broken = filesIn(text, 'Broken');
    expect(codesIn(broken)).toContain(rule.code);
    expect(codesIn(new Map([...broken, ...filesIn(text, 'Fixed')]))).toEqual([]);
  });
});

/** The fenced blocks of a section, by the path that stands after the language: ```js packages/a/dist/index.js */
function filesIn(page: string, heading: string): TextFiles {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = section.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, path, content]) => [path!, content!]));
}

function codesIn(files: TextFiles): readonly string[] {
  using workspace = writeWorkspace(files);
  return mergeFindings(judgeAll(workspace.root)).map(({ code }) => code);
}
