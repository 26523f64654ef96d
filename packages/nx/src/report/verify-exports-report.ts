#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEngine } from '../engine';
import type { Engine } from '../engine';
import { writeWhole } from '../write-whole';
import { mergedReport, readReports } from './merged-report';
import type { MergedReport } from './merged-report';

const USAGE = `Usage: verify-exports-report [--format text|json] [--output <file>]

Merges the reports of all verify-exports tasks into one, which lists each breakage once.
Exit status: 0 if all reports pass, 1 if one fails, 2 if there is no report or the command is wrong.`;

void main().then((status) => (process.exitCode = status));

async function main(): Promise<number> {
  try {
    const { format, output, help } = readArguments();
    if (help) return say(USAGE, 0);
    const root = workspaceRoot(process.cwd());
    const reports = readReports(root);
    if (reports.length === 0)
      throw new Error(
        `There is no report in ${join(root, '.verify-exports')}. Run "nx run-many -t verify-exports" first.`,
      );
    const engine = await loadEngine();
    const merged = mergedReport(engine, reports);
    const text = format === 'json' ? JSON.stringify(merged, undefined, 2) : asText(engine, merged);
    if (output !== undefined) writeWhole(resolve(output), `${text}\n`);
    return say(output === undefined ? text : summaryOf(merged), merged.verdict === 'fail' ? 1 : 0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

function readArguments(): { readonly format: string; readonly output?: string; readonly help?: boolean } {
  const { values } = parseArgs({
    options: { format: { type: 'string' }, output: { type: 'string' }, help: { type: 'boolean' } },
  });
  // Programs read a file, people read a terminal.
  const format = values.format ?? (values.output === undefined ? 'text' : 'json');
  if (format !== 'text' && format !== 'json')
    throw new Error(`"${format}" is not a format. Use "text" or "json".\n\n${USAGE}`);
  return { ...values, format };
}

/**
 * The nearest folder, from this one upwards, with an nx.json; the folder itself if there is none.
 */
function workspaceRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}

function asText(engine: Engine, merged: MergedReport): string {
  const findings = merged.findings.filter(({ severity }) => severity !== 'info');
  const blocks = [engine.renderFindings(findings), engine.renderProblems(merged.problems)];
  return [...blocks, summaryOf(merged)].filter((block) => block !== '').join('\n\n');
}

function summaryOf({ projects, findings, problems, baseline }: MergedReport): string {
  const failing = projects.filter(({ verdict }) => verdict === 'fail').map(({ project }) => project);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const counts = [
    counted(projects.length, 'project'),
    counted(errors, 'error'),
    counted(problems.length, 'problem'),
    ...(baseline ? [`${baseline.known} in the baselines`] : []),
  ].join(', ');
  return failing.length === 0 ? `✔ ${counts}` : `✖ ${counts}: ${failing.join(', ')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function say(text: string, status: number): number {
  console.log(text);
  return status;
}
