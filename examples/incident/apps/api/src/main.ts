import { withMonitoring } from '@acme/gateway';
import { ErrorService, RateLimiter } from '@acme/monitoring';

const errors = new ErrorService();
const limiter = new RateLimiter(100);

const handle = withMonitoring(async (request) => {
  if (!limiter.tryAcquire()) throw new Error('too many requests');
  return `hello from ${request.route}`;
}, errors);

console.log(await handle({ id: '1', route: '/greeting' }));
