import { clearRequestContext, ErrorService, setRequestContext } from '@acme/monitoring';
import type { RequestContext } from '@acme/monitoring';

export interface Request {
  readonly id: string;
  readonly route: string;
}

export type Handler = (request: Request) => Promise<string>;

/** Wraps a handler so that its errors are reported with the request they belong to. */
export function withMonitoring(handler: Handler, errors: ErrorService): Handler {
  return async (request) => {
    const context: RequestContext = { requestId: request.id, route: request.route, startedAt: Date.now() };
    setRequestContext(context);
    try {
      return await handler(request);
    } catch (error) {
      errors.report(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      clearRequestContext();
    }
  };
}
