interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** One round trip for all who ask while the last one was under way. */
export class Batched<Item, Answer> {
  #waiting: Waiting<Item, Answer>[] = [];
  #isRunning = false;

  constructor(
    private readonly most: number,
    /** Answers in the order of the items. */
    private readonly work: (items: readonly Item[]) => Promise<readonly Answer[]>,
  ) {}

  ask(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Those who ask in the same turn go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, this.most));
    this.#isRunning = false;
  }

  async #answer(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.work(batch.map(({ item }) => item));
      for (const [place, { resolve }] of batch.entries()) resolve(answers[place] as Answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
