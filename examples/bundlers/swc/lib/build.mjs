import { execSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

const options = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022', experimental: { keepImportAttributes: true } },
  module: { type: 'es6' },
};

for (const file of readdirSync('src', { recursive: true })) {
  const target = join('dist', file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  if (file.endsWith('.ts')) writeFileSync(target, transformFileSync(join('src', file), options).code);
  if (file.endsWith('.json')) cpSync(join('src', file), target);
}
execSync('tsc --emitDeclarationOnly', { stdio: 'inherit' });
