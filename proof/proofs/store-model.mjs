// store-model: random appends, reads and subscriptions on both event stores, each answer held to a model in memory.
import { randomOf } from '../support/random.mjs';
import { Followers } from '../support/store-model/followers.mjs';
import { LogModel } from '../support/store-model/log-model.mjs';
import { RandomAppends } from '../support/store-model/random-appends.mjs';
import { RandomReads } from '../support/store-model/random-reads.mjs';
import { eventStoreDb, sqlite } from '../support/store-model/store-settings.mjs';

const MOST_AT_ONCE = 40;

/** Operations on one log from its making to its end. */
class LogRun {
  done = 0;
  #what = 0;

  constructor(setting, opened, random) {
    Object.assign(this, { setting, opened, random });
    this.model = new LogModel(setting);
    this.appends = new RandomAppends(random, this.model, setting);
    this.reads = new RandomReads(random, this.model, this.appends);
    this.followers = new Followers(random, this.model, this.reads);
  }

  get #anyStore() {
    return this.random.of(this.opened.stores);
  }

  async run(operations) {
    while (this.done < operations) {
      await this.#appendRound();
      await this.#readRound();
      if (this.random.chance(0.2)) await this.#followRound();
      if (this.random.chance(0.02)) await this.#reopen();
    }
    await this.followers.close();
    await this.reads.sweep(this.opened.stores);
    await this.opened.verify();
  }

  #count(operations) {
    this.done += operations;
  }

  /** Appends at once, through both writing stores; reads of all three go on meanwhile. */
  async #appendRound() {
    if (this.random.chance(0.3)) await this.opened.trouble(this.random);
    const writers = new Map();
    const pending = [];
    const amid = [];
    const most = 1 + this.random.below(MOST_AT_ONCE);
    for (let left = most; left > 0; left -= 1) {
      const isContest = this.random.chance(0.08);
      pending.push(...(isContest ? this.#contest(writers) : this.#append(writers)));
      if (this.random.chance(0.1)) amid.push(this.reads.amidAppends(this.#anyStore));
    }
    this.#count(pending.length + amid.length);
    const settled = await Promise.all(pending);
    for (const settle of settled) settle();
    this.model.place();
    for (const look of await Promise.all(amid)) look();
  }

  /** Streams that nobody is appending to, or this round's writer of them; null where two different ones would write. */
  #writerOf(writers, streams) {
    const known = [...new Set(streams.flatMap((stream) => writers.get(stream) ?? []))];
    if (known.length > 1 || known[0] === CONTESTED) return null;
    if (known.length === 1 && !this.setting.isOrdered) return null;
    const writer = known[0] ?? this.random.below(this.opened.writers);
    for (const stream of streams) writers.set(stream, writer);
    return writer;
  }

  /** An append whose outcome is certain: nobody else appends to its streams, or the same store did just before. */
  #append(writers) {
    const isJoint = this.setting.isJoint && this.random.chance(0.25);
    const count = isJoint ? 2 + this.random.below(3) : 1;
    const streams = [...new Set(Array.from({ length: count }, () => this.appends.stream()))];
    const writer = this.#writerOf(writers, streams);
    if (writer === null) return [];
    const batches = isJoint ? this.appends.joint(streams) : [this.appends.batch(streams[0])];
    if (batches.includes(null)) return [];
    const sent = this.#send(writer, batches);
    const verdict = this.model.judge(batches);
    return [
      sent.then(
        ({ what, outcome }) =>
          () =>
            this.model.settle(what, verdict, outcome),
      ),
    ];
  }

  /** Several for the same place at once, through different stores: one is added, whichever; the others are judged after it. */
  #contest(writers) {
    const stream = this.appends.stream();
    if (writers.has(stream)) return [];
    writers.set(stream, CONTESTED);
    const first = this.appends.fresh(stream);
    const isTwin = this.random.chance(0.5);
    const bids = [
      first,
      ...Array.from({ length: 1 + this.random.below(3) }, () => (isTwin ? first : this.appends.fresh(stream))),
    ];
    const sent = bids.map((bid) => this.#send(this.random.below(this.opened.writers), [bid]));
    const settled = Promise.all(sent).then((outcomes) => () => {
      const added = ({ outcome }) => (outcome.answer?.[0].events.length > 0 ? 0 : 1);
      for (const { what, outcome, batches } of outcomes.sort((a, b) => added(a) - added(b)))
        this.model.settle(`${what}, contested`, this.model.judge(batches), outcome);
    });
    return [settled];
  }

  async #send(writer, batches) {
    const store = this.opened.stores[writer];
    const told = batches.map(
      ({ stream, events, expectedRevision }) => `${events.length} to ${stream} at ${expectedRevision}`,
    );
    const what = `append ${(this.#what += 1)} by store ${writer}: ${told.join(', ')}`;
    const [only] = batches;
    const isOne = batches.length === 1 && this.random.chance(0.9);
    const call = async () =>
      isOne || !this.setting.isJoint
        ? [await store.append(only.stream, only.events, only.expectedRevision)]
        : await store.appendAll(batches);
    const outcome = await call().then(
      (answer) => ({ answer }),
      (error) => ({ error }),
    );
    return { what, outcome, batches };
  }

  async #readRound() {
    const reads = Array.from({ length: this.random.below(MOST_AT_ONCE) }, () => this.reads.next(this.#anyStore));
    this.#count(reads.length);
    await Promise.all(reads);
  }

  async #followRound() {
    await this.followers.check();
    await this.followers.change(this.#anyStore);
    this.#count(1);
  }

  async #reopen() {
    const index = this.random.below(this.opened.stores.length);
    await this.followers.leave(this.opened.stores[index]);
    await this.opened.reopen(index);
    this.#count(1);
  }
}

const CONTESTED = 'contested';

async function runLogs(setting, { seed, logs, operations, log }) {
  setting.build?.();
  const started = performance.now();
  let [done, events] = [0, 0];
  for (let index = 0; index < logs; index += 1) {
    const opened = await setting.open();
    const run = new LogRun(setting, opened, randomOf(seed * 1_000 + index));
    try {
      await run.run(operations);
    } catch (error) {
      throw new Error(`${setting.name}, log ${index}, after ${run.done} operations: ${error.stack}`, { cause: error });
    } finally {
      await opened.close();
    }
    done += run.done;
    events += run.model.log.length;
    const seconds = Math.round((performance.now() - started) / 1000);
    log(`${setting.name}: ${index + 1} of ${logs} logs, ${done} operations, ${events} events, ${seconds} s`);
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  return `${done} operations on ${setting.name} in ${logs} logs with ${events} events (${seconds} s)`;
}

export default {
  says: 'random appends, reads and subscriptions on both event stores, each answer held to a model in memory',

  async run({ seed, isShort, log }) {
    const many = isShort ? { logs: 1, operations: 8_000 } : { logs: 20, operations: 50_000 };
    const fewer = isShort ? { logs: 1, operations: 2_000 } : { logs: 10, operations: 10_000 };
    const first = await runLogs(sqlite, { seed, log, ...many });
    const second = await runLogs(eventStoreDb, { seed, log, ...fewer });
    return { reached: `${first}; ${second}`, failures: [] };
  },
};
