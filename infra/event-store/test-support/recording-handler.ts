import type { RecordedEvent, SubscriptionHandler } from '../event-store.js';
import type { Position } from '../../shared/position.js';

/** A handler that keeps what it is handed, and lets a test wait until that is enough. */
export class RecordingHandler implements SubscriptionHandler {
  readonly events: RecordedEvent[] = [];
  readonly pages: number[] = [];
  readonly errors: unknown[] = [];
  upTo: Position | null = null;
  caughtUp = 0;
  #waiting: { readonly isEnough: () => boolean; readonly done: () => void }[] = [];

  /** @param meanwhile runs within each call, before the page counts as handled */
  constructor(private readonly meanwhile: (events: readonly RecordedEvent[]) => Promise<void> | void = () => {}) {}

  async onEvents(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    await this.meanwhile(events);
    this.events.push(...events);
    this.pages.push(events.length);
    this.upTo = upTo;
    this.#look();
  }

  onCaughtUp(): void {
    this.caughtUp += 1;
    this.#look();
  }

  onError(error: unknown): void {
    this.errors.push(error);
    this.#look();
  }

  /** Resolves when the condition holds, which is looked at after each call of the subscription. */
  until(isEnough: () => boolean): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ isEnough, done });
      this.#look();
    });
  }

  untilAt(position: Position): Promise<void> {
    return this.until(() => this.upTo !== null && this.upTo >= position);
  }

  #look(): void {
    this.#waiting = this.#waiting.filter(({ isEnough, done }) => {
      if (!isEnough()) return true;
      done();
      return false;
    });
  }
}
