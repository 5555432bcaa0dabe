import { problem } from '../../infra/http/index.js';
import type { ProblemError } from '../../infra/http/index.js';

/** The same for an order that is not there and for one that the credential does not open: it must not tell which. */
export const hiddenOrder = (): ProblemError =>
  problem('ORDER.NOT_FOUND', 'There is no such order, or your credential does not open it.');
