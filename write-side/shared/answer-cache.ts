import type { ProblemError } from '../../infra/http/index.js';
import type { WriteAnswer } from './write-answer.js';

/** What a keyed request came to: an answer, or a refusal by a rule. */
export type KeyedResult = { readonly answer: WriteAnswer } | { readonly refusal: ProblemError };

interface Entry {
  readonly requestHash: string;
  /** Null while the request is still being answered. */
  readonly result: KeyedResult | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Answers of keyed requests, to give them again as they were. Only a cache: an accepted command is answered again from
 * its events, and any other from what is kept beside them, also when this has forgotten it, or after a restart.
 */
export class AnswerCache {
  private readonly entries = new Map<string, Entry>();
  private readonly running = new Map<string, Entry>();

  constructor(
    private readonly capacity = 20_000,
    private readonly now: () => number = Date.now,
  ) {}

  find(commandId: string): Entry | undefined {
    const running = this.running.get(commandId);
    if (running !== undefined) return running;
    const entry = this.entries.get(commandId);
    if (entry === undefined || this.now() - entry.at < DAY_MS) return entry;
    this.entries.delete(commandId);
    return undefined;
  }

  begin(commandId: string, requestHash: string): void {
    this.running.set(commandId, { requestHash, result: null, at: this.now() });
  }

  /** Without a result nothing is kept: the next one is a first one. */
  end(commandId: string, result: KeyedResult | null): void {
    const entry = this.running.get(commandId);
    this.running.delete(commandId);
    if (entry === undefined || result === null) return;
    if (this.entries.size >= this.capacity) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    this.entries.set(commandId, { requestHash: entry.requestHash, result, at: this.now() });
  }
}
