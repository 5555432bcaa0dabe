// Reads of every kind, each with what the model says to it.
import { uuidOf } from '../log-plan.mjs';
import { expectSame, Mismatch } from './log-model.mjs';
import { CATEGORIES, weighted } from './random-appends.mjs';

/** About a page of either store, so that its ends are met. */
const AROUND_A_PAGE = 520;
/** Streams of so many events are mostly read in part. */
const SHORT = 20;

async function listOf(events, most = Infinity) {
  const list = [];
  for await (const event of events) {
    if (list.length === most) break;
    list.push(event);
  }
  return list;
}

const textsOf = (events) => events.map(({ data, ...event }) => ({ ...event, text: JSON.stringify(data) }));

/** A ping is one try, which a fault of the server may meet: then it says that the store is away, and nothing else. */
async function pinged(store) {
  try {
    await store.ping();
  } catch (error) {
    if (error.name !== 'StoreUnavailableError' || !error.message.startsWith('EventStoreDB')) throw error;
  }
}

export class RandomReads {
  constructor(random, model, appends) {
    Object.assign(this, { random, model, appends });
  }

  #stream() {
    const { random, model } = this;
    const last = model.log.at(-1 - random.below(Math.min(200, Math.max(1, model.log.length))));
    return random.chance(0.6) && last !== undefined ? last.stream : this.appends.stream();
  }

  #limit() {
    return weighted(this.random, [
      [2, () => 0],
      [40, () => 1],
      [56, () => 2 + this.random.below(15)],
      [1.6, () => AROUND_A_PAGE - 20 + this.random.below(40)],
      [0.4, () => 2 * AROUND_A_PAGE + this.random.below(300)],
    ])();
  }

  #position(nearEnd) {
    const { random, model } = this;
    const { length } = model.log;
    if (length === 0) return null;
    const back = random.chance(0.05) ? 1_500 : 40;
    return model.log[nearEnd ? length - 1 - random.below(Math.min(length, back)) : random.below(length)].position;
  }

  filter() {
    const { random } = this;
    const some = (list) => list.filter(() => random.chance(0.4));
    return {
      ...(random.chance(0.35) && { categories: some([...CATEGORIES, 'none']) }),
      ...(random.chance(0.35) && { types: some(['sample.added.v1', 'other.rare.v1', 'ünïcode.v1', 'none.v1']) }),
      ...(random.chance(0.2) && { streams: Array.from({ length: random.below(5) }, () => this.#stream()) }),
    };
  }

  /** Where from, which way, how many; without a limit only where that is not the whole of a long log. */
  logOptions() {
    const { random } = this;
    const direction = random.of([undefined, 'forwards', 'backwards']);
    const isShort = random.chance(0.1) && direction !== 'backwards';
    return {
      ...(direction && { direction }),
      ...((isShort || random.chance(0.7)) && { from: this.#position(isShort) }),
      ...(!isShort && { limit: this.#limit() }),
      ...(random.chance(0.6) && { filter: this.filter() }),
    };
  }

  #streamOptions(stream) {
    const { random, model } = this;
    const { length } = model.eventsOf(stream);
    const direction = random.of([undefined, 'forwards', 'backwards']);
    return {
      ...(direction && { direction }),
      ...(random.chance(0.6) && { from: random.below(length + 2) }),
      ...((length > SHORT ? random.chance(0.99) : random.chance(0.5)) && { limit: this.#limit() }),
    };
  }

  async #read(store) {
    const stream = this.#stream();
    const options = this.#streamOptions(stream);
    const most = this.random.chance(0.05) ? 3 : Infinity;
    const expected = this.model.read(stream, options).slice(0, most);
    expectSame(`read ${stream} ${JSON.stringify(options)}`, await listOf(store.read(stream, options), most), expected);
  }

  async #readAll(store) {
    const options = this.logOptions();
    const expected = this.model.readAll(options);
    expectSame(`readAll ${JSON.stringify(options)}`, await listOf(store.readAll(options)), expected);
  }

  async #readTexts(store) {
    const options = this.logOptions();
    const expected = textsOf(this.model.readAll(options));
    const pages = await listOf(store.readTexts(options));
    expectSame(`readTexts ${JSON.stringify(options)}`, pages.flat(), expected);
  }

  async #findCommand(store) {
    const { random, model } = this;
    const stream = this.#stream();
    const there = random.of(model.eventsOf(stream))?.metadata.commandId ?? uuidOf(random);
    const command = random.chance(0.6) ? there : this.appends.command();
    const expected = model.findCommand(stream, command);
    expectSame(`findCommand ${stream} ${command}`, [...(await store.findCommand(stream, command))], expected);
  }

  async #head(store) {
    expectSame('head', await store.head(), this.model.head);
    await pinged(store);
  }

  /** One read, which is begun at once; rejects where the answer is another than the model's. */
  next(store) {
    const read = weighted(this.random, [
      [40, () => this.#read(store)],
      [25, () => this.#readAll(store)],
      [10, () => this.#readTexts(store)],
      [20, () => this.#findCommand(store)],
      [5, () => this.#head(store)],
    ]);
    return read();
  }

  /**
   * A read while appends are under way. Answers what looks at it once they are answered: it must have all that was there
   * before them, and of what they add the first events, none of them twice and nothing that was refused.
   */
  async amidAppends(store) {
    const stream = this.#stream();
    const from = this.#position(true);
    const isStream = this.random.chance(this.model.eventsOf(stream).length > SHORT ? 0.05 : 0.6);
    const filter = this.filter();
    const before = this.model.log.length;
    const placed = this.model.log.at(-1)?.position ?? '';
    const got = await listOf(isStream ? store.read(stream) : store.readAll({ from, filter }));
    return () => {
      const all = isStream ? this.model.read(stream, {}) : this.model.readAll({ from, filter });
      const what = isStream
        ? `read ${stream} amid appends`
        : `readAll ${JSON.stringify({ from, filter })} amid appends`;
      expectSame(what, got, all.slice(0, got.length));
      const least = all.filter(({ position }) => position <= placed).length;
      if (got.length < least) throw new Mismatch(what, { expected: `${least} events of the first ${before}`, got });
    };
  }

  /** Everything, by every way there is, each through another of the stores. */
  async sweep([first, second, third]) {
    const { model } = this;
    expectSame('the log', await listOf(first.readAll()), model.log);
    const direction = 'backwards';
    expectSame('the log backwards', await listOf(second.readAll({ direction })), model.log.toReversed());
    expectSame('the log in texts', (await listOf(third.readTexts())).flat(), textsOf(model.log));
    for (const stream of model.streams)
      expectSame(
        `stream ${stream}`,
        await listOf(this.random.of([first, second, third]).read(stream)),
        model.eventsOf(stream),
      );
  }
}
