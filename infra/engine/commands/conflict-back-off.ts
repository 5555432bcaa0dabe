import { BackOff } from '../../shared/back-off.js';

/**
 * Back-off between conflicts with other writers, whose events can mostly be read at once. A store may decide by events that
 * it does not show yet, so that looking again would find the same conflict; EventStoreDB does so until its followers and its
 * index have them.
 */
export const conflictBackOff = (): BackOff => new BackOff({ firstMs: 5, longestMs: 200, atOnce: 2, patienceMs: 8_000 });
