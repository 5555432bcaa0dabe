interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchLimits {
  /** Items of one round trip. */
  readonly most: number;
  /** How long a batch is waited for before the next one goes on its way beside it, milliseconds. */
  readonly patienceMs: number;
}

/** Round trips under way at once, where some of them hang. */
const SIDE_BY_SIDE = 16;

/**
 * One round trip for all who ask while the last one was under way. One that takes long is overtaken: its connection may be
 * dead, while the next one's is not.
 */
export class Batched<Item, Answer> {
  #waiting: Waiting<Item, Answer>[] = [];
  /** Round trips that are still waited for; the others were overtaken. */
  #awaited = 0;
  #underWay = 0;

  constructor(
    private readonly limits: BatchLimits,
    /** Answers in the order of the items. */
    private readonly work: (items: readonly Item[]) => Promise<readonly Answer[]>,
  ) {}

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#awaited === 0 && this.#underWay < SIDE_BY_SIDE) this.#start();
    });
  }

  #start(): void {
    this.#awaited += 1;
    this.#underWay += 1;
    let isAwaited = true;
    const overtaken = (): void => {
      if (!isAwaited) return;
      isAwaited = false;
      this.#awaited -= 1;
      if (this.#waiting.length > 0 && this.#underWay < SIDE_BY_SIDE) this.#start();
    };
    const timer = setTimeout(overtaken, this.limits.patienceMs);
    void this.#answer().finally(() => {
      clearTimeout(timer);
      this.#underWay -= 1;
      if (isAwaited) overtaken();
      else if (this.#awaited === 0 && this.#waiting.length > 0) this.#start();
    });
  }

  async #answer(): Promise<void> {
    // Those who ask in the same turn go together.
    await Promise.resolve();
    const batch = this.#waiting.splice(0, this.limits.most);
    try {
      const answers = await this.work(batch.map(({ item }) => item));
      for (const [place, { resolve }] of batch.entries()) resolve(answers[place] as Answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
