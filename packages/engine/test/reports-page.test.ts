import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../src/formats/formats.js';
import { MONITORING } from './monitoring-workspace.js';
import { runCommand } from './run-command.js';
import { writeWorkspace } from './text-workspace.js';

const page = join(import.meta.dirname, '../../nx/docs/reports.md');
const update = process.env['UPDATE_CASES'] !== undefined;

/** A section's command, and the block with its output. The fence is longer than the backticks inside. */
const EXAMPLE = /^ {4}verify-exports (report --format (\w+))\n([\s\S]*?)^(`{3,})(\w+)\n([\s\S]*?)^\4$/gm;

describe('the page about reports', () => {
  it('shows the real output of every format', async () => {
    using workspace = writeWorkspace(MONITORING);
    await runCommand(workspace.root, ['check', '--write-reports']);
    const text = readFileSync(page, 'utf8');
    const examples = [...text.matchAll(EXAMPLE)];
    expect(examples.map(([, , format]) => format).toSorted()).toEqual([...FORMAT_NAMES].toSorted());
    let updated = text;
    for (const [whole, command, , between, fence, language, shown] of examples) {
      const { out } = await runCommand(workspace.root, command!.split(' '));
      const expected = out.replaceAll(/"markdown": "(?:[^"\\]|\\.)*"/g, '"markdown": "…"');
      const needed = '`'.repeat(
        Math.max(3, ...[...expected.matchAll(/`{3,}/g)].map(([run]) => run.length + 1)),
      );
      if (update)
        updated = updated.replace(
          whole,
          () => `    verify-exports ${command}\n${between}${needed}${language}\n${expected}${needed}`,
        );
      else expect([command, fence, shown]).toEqual([command, needed, expected]);
    }
    if (update) writeFileSync(page, updated);
  });
});
