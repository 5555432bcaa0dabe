import { UnknownOutcomeError } from '../../infra/event-store/index.js';
import { waitSeconds } from '../../infra/http/index.js';

/** How long a client waits for a write, over all that it reads and appends. */
const BUDGET_MS = 15_000;

/** The budget of a write, milliseconds: what the client asks to wait for by `Prefer: wait=N` comes on top. */
export const budgetOf = (prefer: string | readonly string[] | undefined): number =>
  BUDGET_MS + waitSeconds(prefer, 0) * 1000;

/**
 * A write that takes too long goes on without its client, who may send it again under the same id.
 * @throws UnknownOutcomeError it was not done in time, and may be yet
 */
export function withinBudget<Done>(write: Promise<Done>, milliseconds: number): Promise<Done> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new UnknownOutcomeError(`the write was not done within ${milliseconds} ms`)),
      milliseconds,
    );
    void write.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
