/** What is known about the current request. */
export interface RequestContext {
  readonly requestId: string;
  readonly route: string;
  readonly startedAt: number;
}

let current: RequestContext | undefined;

/** Makes the errors that are reported from now on carry the request they belong to. */
export function setRequestContext(context: RequestContext): void {
  current = context;
}

export function clearRequestContext(): void {
  current = undefined;
}

export interface ErrorReport {
  readonly message: string;
  readonly context?: RequestContext;
}

/** Collects errors; a real one would send them somewhere. */
export class ErrorService {
  readonly #reports: ErrorReport[] = [];

  report(error: Error): void {
    this.#reports.push(current ? { message: error.message, context: current } : { message: error.message });
  }

  get reports(): readonly ErrorReport[] {
    return this.#reports;
  }
}
