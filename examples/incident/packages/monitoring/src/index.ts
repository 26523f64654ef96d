export { ErrorService } from './error-reporter.js';
export type { RequestContext } from './error-reporter.js';
export { RateLimiter } from './rate-limiter.js';
