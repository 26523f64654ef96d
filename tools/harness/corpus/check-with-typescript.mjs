import { dirname, join } from 'node:path';
import ts from 'typescript6';

/**
 * Checks all probes with one TypeScript program. Each probe is a module in memory, next to the reported one. It imports the same type
 * from the same specifier.
 *
 * @param {readonly { from: string; specifier: string; name?: string }[]} probes
 * @param {{ resolution?: 'nodenext' | 'bundler' }} [options]
 * @returns {import('./check-with-node.mjs').ProbeResult[]} in the order of the probes
 */
export function checkWithTypeScript(probes, { resolution = 'nodenext' } = {}) {
  const files = new Map(probes.map((probe, at) => [fileFor(probe.from, at), textFor(probe)]));
  const options = { ...OPTIONS, ...RESOLUTIONS[resolution] };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = files.get(file);
    return text === undefined
      ? getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, text, languageVersion, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) => {
    const diagnostics = program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .filter(({ code }) => !FORMAT_ONLY.has(code));
    if (diagnostics.length === 0) return { outcome: 'holds', observed: 'the checker accepts it' };
    const observed = diagnostics
      .map(({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
      .join('; ');
    return { outcome: 'fails', observed };
  });
}

const OPTIONS = {
  noEmit: true,
  noLib: true,
  types: [],
  skipLibCheck: true,
  strict: true,
  noImplicitAny: false,
  allowJs: false,
};
const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};
/** CommonJS needs an attribute to import types of an ES module. Without it the types exist, too. */
const FORMAT_ONLY = new Set([1479, 1541, 1542, 1543]);

function fileFor(from, at) {
  const [, kind = ''] = /\.([cm]?)[jt]sx?$/.exec(from) ?? [];
  return join(dirname(from), `probe-${at}.${kind}ts`);
}

/** @param {{ specifier: string; name?: string }} probe */
function textFor({ specifier, name }) {
  const from = JSON.stringify(specifier);
  if (name === undefined) return `import type * as probed from ${from};\nexport type { probed };\n`;
  return `import type { ${name} as probed } from ${from};\nexport type { probed };\n`;
}
