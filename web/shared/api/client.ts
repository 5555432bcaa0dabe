import createClient from 'openapi-fetch';
import type { Client, Middleware } from 'openapi-fetch';
import type { components, paths } from '../../../dist/api.js';
import { ApiProblem, EngineAway, problemOf } from './problem.js';

/** A shape of the public API by its name in the OpenAPI document. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
export type Money = Schema<'Money'>;

export interface ApiOptions {
  /** Where the engine is, such as `https://shop.example`. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** The bearer token; null while nobody is signed in. */
  readonly token: () => string | null;
  /** Told of every answer 401. */
  readonly onUnauthorized: () => void;
  /** Told after every request whether the engine answered it. */
  readonly onReach: (isThere: boolean) => void;
}

/**
 * The typed client of the public API. A refusal is thrown as {@link ApiProblem}, an engine that does not answer as
 * {@link EngineAway}. What was written is seen by the reads after it: each sends the Consistency-Token of the last write.
 */
export function createApi(options: ApiOptions): Client<paths, 'application/json'> {
  const client = createClient<paths, 'application/json'>({
    baseUrl: options.baseUrl,
    fetch: (request: Request) => reach(request, options),
  });
  client.use(credentials(options), ownWrites(), refusals(options));
  return client;
}

async function reach(request: Request, { fetch: ask = fetch, onReach }: ApiOptions): Promise<Response> {
  try {
    const response = await ask(request);
    // A proxy answers these for an engine that is away; the engine's own 503 is a problem document.
    const isOfProxy = response.status >= 502 && response.status <= 504 && !isProblem(response);
    onReach(!isOfProxy);
    if (isOfProxy) throw new EngineAway();
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    onReach(false);
    throw new EngineAway();
  }
}

const isProblem = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('application/problem+json') === true;

const credentials = ({ token }: ApiOptions): Middleware => ({
  onRequest: ({ request }) => {
    const bearer = token();
    if (bearer !== null) request.headers.set('authorization', `Bearer ${bearer}`);
  },
});

function ownWrites(): Middleware {
  let seen: string | null = null;
  return {
    onRequest: ({ request }) => {
      if (request.method === 'GET' && seen !== null) request.headers.set('consistency-token', seen);
    },
    onResponse: ({ request, response }) => {
      if (request.method !== 'GET') seen = response.headers.get('consistency-token') ?? seen;
    },
  };
}

const refusals = ({ onUnauthorized }: ApiOptions): Middleware => ({
  onResponse: async ({ response }) => {
    if (response.ok) return;
    if (response.status === 401) onUnauthorized();
    throw new ApiProblem(await problemOf(response));
  },
});
