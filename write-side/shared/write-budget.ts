import { UnknownOutcomeError } from '../../infra/event-store/index.js';

/** How long a client waits for a write, over all that it reads, waits for and appends. */
const BUDGET_MS = 15_000;

/**
 * A write that takes too long goes on without its client, who may send it again under the same id.
 * @throws UnknownOutcomeError it was not done in time, and may be yet
 */
export function withinBudget<Done>(write: Promise<Done>, milliseconds = BUDGET_MS): Promise<Done> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new UnknownOutcomeError(`the write was not done within ${milliseconds} ms`)),
      milliseconds,
    );
    void write.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
