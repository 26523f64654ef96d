// Nx's self-hosted remote cache, kept in memory: GET and PUT /v1/cache/{hash}, as in its published interface.
// Prints its port, then one line per request: `GET <hash> <status>`. Ends if its standard input ends.
import { createServer } from 'node:http';

const [, , token] = process.argv;
const artifacts = new Map();

const server = createServer((request, response) => {
  const hash = /^\/v1\/cache\/([^/]+)$/.exec(request.url ?? '')?.[1];
  const end = (status, body) => {
    process.stdout.write(`${request.method} ${hash} ${status}\n`);
    response.writeHead(status, body && { 'content-type': 'application/octet-stream' }).end(body);
  };
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.headers.authorization !== `Bearer ${token}`) return end(401);
    if (hash === undefined) return end(404);
    if (request.method === 'GET') return artifacts.has(hash) ? end(200, artifacts.get(hash)) : end(404);
    if (request.method !== 'PUT') return end(405);
    if (artifacts.has(hash)) return end(409);
    artifacts.set(hash, Buffer.concat(chunks));
    return end(200);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.stdout.write(`${port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
