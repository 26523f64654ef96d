// A small npm registry on this machine. It answers with the packed packages, and passes every other request on to another registry.
// Usage: node tools/e2e/registry-process.mjs <other registry> <tarball>... Prints its port. Ends if its standard input ends.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';

const [, , upstream, ...tarballs] = process.argv;
const packages = new Map(tarballs.map((tarball) => packageIn(tarball)));

const server = createServer((request, response) => {
  const path = decodeURIComponent((request.url ?? '/').split('?')[0].slice(1));
  const file = tarballs.find((tarball) => path === `tarballs/${basename(tarball)}`);
  if (file) return response.end(readFileSync(file));
  const found = packages.get(path.split('@').length > 2 ? path.slice(0, path.lastIndexOf('@')) : path);
  if (found)
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(packument(found)));
  passOn(request, response).catch((error) => response.writeHead(502).end(String(error)));
});

/** @returns {[string, { manifest: any, tarball: string }]} */
function packageIn(tarball) {
  const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  const manifest = JSON.parse(text);
  return [manifest.name, { manifest, tarball }];
}

function packument({ manifest, tarball }) {
  const { name, version } = manifest;
  const bytes = readFileSync(tarball);
  const digest = (algorithm, encoding) => createHash(algorithm).update(bytes).digest(encoding);
  const dist = {
    tarball: `${own()}/tarballs/${basename(tarball)}`,
    shasum: digest('sha1', 'hex'),
    integrity: `sha512-${digest('sha512', 'base64')}`,
  };
  // pnpm refuses versions that were published only just now.
  const published = '2020-01-01T00:00:00.000Z';
  return {
    name,
    'dist-tags': { latest: version },
    time: { created: published, modified: published, [version]: published },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
  };
}

/** @type {Map<string, Promise<{ status: number; type: string; body: Buffer }>>} */
const answers = new Map();

/** Every package manager requests the same packages, so each is downloaded once. */
async function passOn(request, response) {
  const { accept } = request.headers;
  const key = JSON.stringify([request.url, accept]);
  const answer = answers.get(key) ?? download(request.url ?? '/', accept);
  answers.set(key, answer);
  try {
    const { status, type, body } = await answer;
    if (status >= 500) answers.delete(key);
    response.writeHead(status, { 'content-type': type }).end(body);
  } catch (error) {
    answers.delete(key);
    throw error;
  }
}

async function download(url, accept) {
  const answer = await fetch(new URL(url.slice(1), upstream), { headers: accept ? { accept } : {} });
  const type = answer.headers.get('content-type') ?? 'application/json';
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) };
}

function own() {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`${own()}\n`));
process.stdin.resume().on('end', () => process.exit(0));
