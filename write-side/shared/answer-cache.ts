import { LRUCache } from 'lru-cache';
import type { ProblemError } from '../../infra/http/index.js';
import type { WriteAnswer } from './write-scope.js';

/** The result of a keyed request: an answer, or a refusal by a rule. */
export type KeyedResult = { readonly answer: WriteAnswer } | { readonly refusal: ProblemError };

interface Entry {
  readonly requestHash: string;
  /** Null while the request is under way. */
  readonly result: KeyedResult | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Caches the answers of keyed requests. An answer that was evicted, or lost by a restart, is made again from the events of its
 * command, or from its kept outcome where it has none.
 */
export class AnswerCache {
  private readonly answered: LRUCache<string, Entry>;
  /** Requests under way are never evicted, as a repetition would then run beside the first. */
  private readonly running = new Map<string, Entry>();

  constructor(capacity = 20_000, now: () => number = Date.now) {
    this.answered = new LRUCache({ max: capacity, ttl: DAY_MS, ttlResolution: 0, perf: { now } });
  }

  find(commandId: string): Entry | undefined {
    return this.running.get(commandId) ?? this.answered.get(commandId);
  }

  begin(commandId: string, requestHash: string): void {
    this.running.set(commandId, { requestHash, result: null });
  }

  /** Ends a request. Without a result nothing is cached, and the next request with the key counts as the first. */
  end(commandId: string, result: KeyedResult | null): void {
    const entry = this.running.get(commandId);
    this.running.delete(commandId);
    if (entry !== undefined && result !== null) this.answered.set(commandId, { ...entry, result });
  }
}
