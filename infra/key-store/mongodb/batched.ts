interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchLimits {
  /** The most items of one round trip. */
  readonly most: number;
  /** How many milliseconds a batch may take before the next one is sent beside it. */
  readonly patienceMs: number;
}

/** The most round trips under way at once, where some of them hang. */
const SIDE_BY_SIDE = 16;

/**
 * Gathers the calls that come while a round trip is under way, and sends them in one. A round trip that takes long is overtaken by
 * the next, as its connection may be dead.
 */
export class Batched<Item, Answer> {
  #waiting: Waiting<Item, Answer>[] = [];
  /** The number of round trips that later ones wait for; the others were overtaken. */
  #awaited = 0;
  #underWay = 0;

  constructor(
    private readonly limits: BatchLimits,
    /** Sends the items; results are in their order. */
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
    // Calls of the same turn of the event loop go together.
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
