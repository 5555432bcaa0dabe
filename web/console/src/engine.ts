import { QueryClient } from '@tanstack/react-query';
import { createApi, EngineAway } from '../../shared/api/index.js';
import { Store } from '../../shared/store.js';
import { session, signOut } from './session.js';

/** Whether the engine answered the last request. */
export const isEngineThere = new Store(true);

export const api = createApi({
  baseUrl: location.origin,
  token: () => session.get()?.token ?? null,
  onUnauthorized: () => {
    if (session.get() !== null) signOut('The engine does not take this token any more. Sign in with a new one.');
  },
  onReach: (isThere) => isEngineThere.set(isThere),
});

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays one; an engine that is away is looked for apart from what is asked of it.
      retry: false,
    },
  },
});

const LOOK_AGAIN_MS = 1_500;

/** While the engine is away it is looked for, and everything that is shown is asked for again once it is back. */
isEngineThere.subscribe(() => {
  if (isEngineThere.get()) void queries.invalidateQueries();
  else lookAgain();
});

function lookAgain(): void {
  setTimeout(async () => {
    try {
      await api.GET('/healthz');
    } catch (error) {
      if (error instanceof EngineAway) lookAgain();
      else isEngineThere.set(true);
    }
  }, LOOK_AGAIN_MS);
}
