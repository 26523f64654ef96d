export { withMonitoring } from './middleware.js';
export type { Handler, Request } from './middleware.js';
