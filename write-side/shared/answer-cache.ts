import { LRUCache } from 'lru-cache';
import type { ProblemError } from '../../infra/http/index.js';
import type { WriteAnswer } from './write-scope.js';

/** What a keyed request came to: an answer, or a refusal by a rule. */
export type KeyedResult = { readonly answer: WriteAnswer } | { readonly refusal: ProblemError };

interface Entry {
  readonly requestHash: string;
  /** Null while the request is still being answered. */
  readonly result: KeyedResult | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Answers of keyed requests, to give them again as they were. Only a cache: an accepted command is answered again from
 * its events, and any other from what is kept beside them, also when this has forgotten it, or after a restart.
 */
export class AnswerCache {
  private readonly answered: LRUCache<string, Entry>;
  /** Requests under way are never evicted: one sent again meanwhile would run beside the first. */
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

  /** Without a result nothing is kept: the next one is a first one. */
  end(commandId: string, result: KeyedResult | null): void {
    const entry = this.running.get(commandId);
    this.running.delete(commandId);
    if (entry !== undefined && result !== null) this.answered.set(commandId, { ...entry, result });
  }
}
