import type { Appended, StreamBatch } from '../../infra/event-store/index.js';

/** What is to be recorded in one go with the first events of a command, in another stream; only where the store is joint. */
export class Along {
  /** Null until it is on disk: a command that records nothing leaves it out. */
  appended: Appended | null = null;
  /** Resolves when it is on disk. */
  readonly whenAppended: Promise<void>;
  #resolve: () => void = () => undefined;

  constructor(readonly batch: StreamBatch) {
    this.whenAppended = new Promise((resolve) => (this.#resolve = resolve));
  }

  settle(appended: Appended): void {
    this.appended = appended;
    this.#resolve();
  }
}
