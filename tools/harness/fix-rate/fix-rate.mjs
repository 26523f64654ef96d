// Measures how many findings the proposed fixes remove: breaks generated workspaces, applies the fixes, builds and verifies again.
// Usage: node tools/harness/fix-rate/fix-rate.mjs [--count 1000] [--seed 1] [--show 3]
import { parseArgs } from 'node:util';
import { measureFixes } from './measure.mjs';
import { measurePackageFixes } from './measure-packages.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '3' },
  },
});
const { rates, failures } = measureFixes({ count: Number(values.count), seed: Number(values.seed) });
for (const { index, workspace, broken, kind, why, found, files } of failures.slice(0, Number(values.show))) {
  console.log(`\n=== ${index}: ${kind}; ${JSON.stringify(broken)}; ${JSON.stringify(workspace)}`);
  for (const { code, message, fix } of found)
    console.log(`${code} ${message}\n    fix ${fix?.title ?? 'none'}`);
  for (const { file, after } of files) console.log(`--- ${file}\n${after}`);
  console.log(why ?? '');
}
const kinds = {};
for (const { broken, workspace, kind } of failures) {
  const key = `${broken.code} ${broken.kind} ${workspace.library.barrel} ${workspace.build}: ${kind}`;
  kinds[key] = (kinds[key] ?? 0) + 1;
}
for (const [key, count] of Object.entries(kinds).sort()) console.log(`${String(count).padStart(6)}  ${key}`);
console.log();
for (const [code, { found, fixed }] of Object.entries(rates).sort())
  console.log(`${code}  ${fixed} of ${found} fixed (${((100 * fixed) / found).toFixed(1)} %)`);

const manifests = measurePackageFixes({
  count: Math.ceil(Number(values.count) / 4),
  seed: Number(values.seed),
});
console.log('\nFixes of manifests, each applied alone:');
for (const [code, { edits, words }] of Object.entries(manifests.tried).sort())
  console.log(`${code}  ${edits} with an edit, ${words} in words only`);
for (const failure of manifests.failures.slice(0, Number(values.show))) console.log(JSON.stringify(failure));
console.log(`${manifests.failures.length} did harm`);
if (manifests.failures.length > 0) process.exitCode = 1;
