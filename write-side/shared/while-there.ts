import { ReadStoreUnavailableError } from '../../infra/read-store/index.js';

/** A store that did not answer is left alone for so long: finding that out again would cost each command its time limit. */
const LEFT_ALONE_MS = 5_000;

/** Asks a store that commands can do without; undefined while it is away. */
export function whileThere(): <Result>(request: () => Promise<Result>) => Promise<Result | undefined> {
  let leftAloneUntil = 0;
  return async (request) => {
    if (performance.now() < leftAloneUntil) return undefined;
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ReadStoreUnavailableError)) throw error;
      leftAloneUntil = performance.now() + LEFT_ALONE_MS;
      return undefined;
    }
  };
}
