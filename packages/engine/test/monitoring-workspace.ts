import { parseTextFiles } from './text-workspace.js';

/** A provider that lost a name, two importers of it, and a package that is not built. */
export const MONITORING = parseTextFiles(`-- packages/monitoring/package.json --
{
  "name": "@acme/monitoring",
  "version": "1.2.0",
  "type": "module",
  "exports": {
    ".": { "types": "./dist/index.d.ts", "node": "./dist/index.js" },
    "./testing": "./dist/testing.js"
  }
}
-- packages/monitoring/src/index.ts --
export { formatError } from './format-error.js';
-- packages/monitoring/src/format-error.ts --
export const formatError = (error: Error): string => error.message;
-- packages/monitoring/src/request-context.ts --
export const setRequestContext = (id: string): string => id;
-- packages/monitoring/dist/index.js --
export { formatError } from './format-error.js';
-- packages/monitoring/dist/format-error.js --
export const formatError = (error) => error.message;
-- packages/monitoring/dist/index.d.ts --
export declare const formatError: (error: Error) => string;
-- packages/monitoring/dist/testing.js --
export * from './format-error.js';
export const fake = 1;
-- packages/gateway/package.json --
{ "name": "@acme/gateway", "private": true, "type": "module", "dependencies": { "@acme/monitoring": "*" } }
-- packages/gateway/src/middleware.ts --
import { formatError, setRequestContext } from '@acme/monitoring';

setRequestContext(formatError(new Error('r-1')));
-- packages/worker/package.json --
{ "name": "@acme/worker", "private": true, "type": "module", "dependencies": { "@acme/monitoring": "*" } }
-- packages/worker/src/main.ts --
import { fake } from '@acme/monitoring/testing';

console.log(fake);
`);
