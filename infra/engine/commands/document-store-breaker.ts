import { DocumentStoreUnavailableError } from '../../document-store/index.js';
import { circuitBreaker, type CircuitBreaker } from '../../shared/circuit-breaker.js';

/** Finding out again that the store is away would cost each command the store's time limit. */
const OPEN_MS = 5_000;

/** Breaks the circuit to a document store that commands can do without. */
export const documentStoreBreaker = (): CircuitBreaker =>
  circuitBreaker({ isAway: (error) => error instanceof DocumentStoreUnavailableError, openMs: OPEN_MS });
