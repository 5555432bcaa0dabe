import type { Failed, Poisoned, Written } from './writer-protocol.js';
import type { WriterThread } from './writer-thread.js';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly settle: (answer: Answer, index: number) => void;
  readonly reject: (error: Error) => void;
}

export interface GroupQueueOptions {
  /** Bound of one group, so that nobody waits long for the neighbours. */
  readonly mostInGroup: number;
  /** The port's error for what was not written, by the reason. */
  readonly unavailable: (reason: string) => Error;
}

/** While one group is with the writer all that is to be written waits, and goes as the next one. */
export class GroupQueue<Item, Answer extends Written> {
  readonly #waiting: Waiting<Item, Answer>[] = [];
  readonly #whenIdle: (() => void)[] = [];
  #inFlight: readonly Waiting<Item, Answer>[] = [];
  #ended: string | null = null;

  constructor(
    private readonly writer: Pick<WriterThread<readonly Item[], Answer>, 'listen' | 'write' | 'close'>,
    private readonly options: GroupQueueOptions,
  ) {
    writer.listen((answer) => this.#answered(answer));
  }

  /** Why nothing is taken any more; null while all is well. */
  get ended(): string | null {
    return this.#ended;
  }

  /**
   * Resolves when the item is written, to what `resultOf` makes of its group's answer and its place in the group; what that
   * throws is the caller's.
   */
  write<Result>(item: Item, resultOf: (answer: Answer, index: number) => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) throw this.options.unavailable(this.#ended);
      const settle = (answer: Answer, index: number): void => {
        try {
          resolve(resultOf(answer, index));
        } catch (error) {
          reject(error as Error);
        }
      };
      this.#waiting.push({ item, settle, reject });
      if (this.#inFlight.length === 0) this.#sendNext();
    });
  }

  /** Takes no more; resolves when all that was accepted is answered. */
  async finish(): Promise<void> {
    this.#ended ??= 'it is closed';
    if (this.#inFlight.length > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  /** Closes the file behind all that was accepted. */
  async close(): Promise<void> {
    await this.finish();
    await this.writer.close();
  }

  #sendNext(): void {
    this.#inFlight = this.#waiting.splice(0, this.options.mostInGroup);
    if (this.#inFlight.length > 0) this.writer.write(this.#inFlight.map(({ item }) => item));
    else for (const idle of this.#whenIdle.splice(0)) idle();
  }

  #answered(answer: Answer | Failed | Poisoned): void {
    if (answer.kind === 'failed') return this.#failed(answer);
    if (answer.kind === 'poisoned') return this.#refuseWaiting(answer.message);
    const group = this.#inFlight;
    // The thread writes on while this one goes on with the answers.
    this.#sendNext();
    for (const [index, { settle }] of group.entries()) settle(answer, index);
  }

  #failed({ message, poisoned }: Failed): void {
    for (const { reject } of this.#inFlight) reject(this.options.unavailable(message));
    if (poisoned) this.#refuseWaiting(message);
    this.#sendNext();
  }

  /** For good: what comes later is refused as well. */
  #refuseWaiting(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(this.options.unavailable(reason));
  }
}
