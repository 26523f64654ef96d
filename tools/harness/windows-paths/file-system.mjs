import { createRequire } from 'node:module';

const fileSystem = createRequire(import.meta.url)('./file-system.cjs');

export default fileSystem;
export const { accessSync, existsSync, lstat, lstatSync, mkdirSync, opendirSync, promises } = fileSystem;
export const { readFileSync, readdir, readdirSync, readlinkSync, realpath, realpathSync } = fileSystem;
export const { renameSync, rmSync, stat, statSync, writeFileSync } = fileSystem;
export const { appendFileSync, chmodSync, mkdtempSync, unlinkSync, utimesSync } = fileSystem;
export const { closeSync, fstatSync, openSync, readSync, writeSync } = fileSystem;
