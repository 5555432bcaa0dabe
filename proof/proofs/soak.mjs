// soak: an engine under a steady mixed load for minutes: memory, file handles, write-ahead logs and latency stay flat.
import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endEverything, settled, temporaryDirectory, tokenLine } from '../../bench/support/engine.mjs';
import { median, quantile } from '../../bench/support/metric.mjs';
import { RawClient, expectStatus } from '../../bench/support/raw-client.mjs';
import { ownRevision } from '../../bench/support/revisions.mjs';
import { journey, openShop, readOrder } from '../../bench/support/shop.mjs';
import { invariantFaults } from '../support/invariants.mjs';
import { randomOf } from '../support/random.mjs';

const CLIENTS = 6;
/** A client begins something this often, where it is not late. */
const EVERY_MS = 60;
const WINDOWS = 24;
/** This share of the windows is warm-up: caches fill, code is compiled. */
const WARM_UP = 0.25;
const PRODUCTS = 200;
const SHORT_MINUTES = 0.6;
const MIB = 2 ** 20;

/**
 * What is sampled, and how much more the median of the last third of the windows may be than that of the first third: so many
 * times, and so much beside. `most`: in no window more than that.
 */
const WATCHED = {
  'memory, MiB': { times: 1.15, beside: 32 },
  'file handles': { times: 1, beside: 6 },
  'write-ahead logs, MiB': { times: 1.25, beside: 8, most: 128 },
  'p99 of a journey, ms': { times: 2, beside: 100 },
  'p99 of a read, ms': { times: 2, beside: 50 },
};

const admin = tokenLine('admin');

/** Clients that do something at a steady pace until they are told to stop. */
class Load {
  #isOver = false;
  #times = { journey: [], read: [] };
  orders = 0;
  reads = 0;

  constructor(engine, skus, seed) {
    Object.assign(this, { engine, skus });
    this.work = Promise.all(Array.from({ length: CLIENTS }, (_, index) => this.#client(randomOf(seed * 100 + index))));
    this.work.catch(() => undefined);
  }

  async #client(random) {
    const client = new RawClient(this.engine.port);
    let order = null;
    for (let next = performance.now(); !this.#isOver; next = Math.max(next + EVERY_MS, performance.now() - EVERY_MS)) {
      await delay(Math.max(0, next - performance.now()));
      const began = performance.now();
      const isJourney = order === null || random.chance(0.3);
      if (isJourney) order = await journey(client, this.skus);
      else await this.#read(client, random, order);
      this.#times[isJourney ? 'journey' : 'read'].push(performance.now() - began);
      this[isJourney ? 'orders' : 'reads'] += 1;
    }
    client.close();
  }

  async #read(client, random, order) {
    const sku = random.of(this.skus);
    const paths = [
      `/v1/products/${sku}`,
      '/v1/products?q=product&sort=price',
      `/v1/inventory/${sku}`,
      '/v1/orders?limit=5',
    ];
    if (random.chance(0.3)) return readOrder(client, order);
    expectStatus(await client.request('GET', random.of(paths), undefined, admin), 200);
  }

  /** How long each took since the last call, sorted. */
  take() {
    const { journey: journeys, read } = this.#times;
    this.#times = { journey: [], read: [] };
    const sorted = (times) => times.sort((a, b) => a - b);
    return { journeys: sorted(journeys), reads: sorted(read) };
  }

  /** @throws what ended a client before */
  async stop() {
    this.#isOver = true;
    await this.work;
  }
}

const walSize = (directory) =>
  readdirSync(directory)
    .filter((name) => name.endsWith('-wal'))
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

function sampleOf(engine, directory) {
  return {
    'memory, MiB': engine.memory().now,
    'file handles': readdirSync(`/proc/${engine.pid}/fd`).length,
    'write-ahead logs, MiB': walSize(directory) / MIB,
  };
}

const SAMPLES = 10;

/** The medians of some samples, and the latencies between them. */
async function windowOf({ engine, directory, load }, milliseconds) {
  const samples = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await Promise.race([delay(milliseconds / SAMPLES), load.work]);
    samples.push(sampleOf(engine, directory));
  }
  const { journeys, reads } = load.take();
  const medians = Object.keys(samples[0]).map((name) => [name, median(samples.map((sample) => sample[name]))]);
  return {
    ...Object.fromEntries(medians),
    'p99 of a journey, ms': quantile(journeys, 0.99),
    'p99 of a read, ms': quantile(reads, 0.99),
  };
}

/** A line for each value that grows, and what each came to. */
function trends(windows) {
  const steady = windows.slice(Math.round(windows.length * WARM_UP));
  const third = Math.floor(steady.length / 3);
  const faults = [];
  const told = Object.entries(WATCHED).map(([name, { times, beside, most = Infinity }]) => {
    const values = steady.map((window) => window[name]);
    const [first, last] = [median(values.slice(0, third)), median(values.slice(-third))];
    const highest = Math.max(...values);
    const text = `${name} ${first.toFixed(1)} → ${last.toFixed(1)}`;
    if (last > first * times + beside) faults.push(`${text}, more than ${times} times and ${beside}`);
    if (highest > most) faults.push(`${name}: ${highest.toFixed(1)}, more than ${most}`);
    return text;
  });
  return { faults, told: told.join(', ') };
}

async function soak({ seed, minutes, log }) {
  const { path, remove } = temporaryDirectory(tmpdir());
  const { engine, skus } = await openShop(ownRevision(), path, { products: PRODUCTS });
  const load = new Load(engine, skus, seed);
  const windows = [];
  for (let index = 0; index < WINDOWS; index += 1) {
    windows.push(await windowOf({ engine, directory: path, load }, (minutes * 60_000) / WINDOWS));
    const values = Object.entries(windows.at(-1)).map(([name, value]) => `${name} ${value.toFixed(1)}`);
    log(`window ${index + 1} of ${WINDOWS}: ${load.orders} orders, ${load.reads} reads; ${values.join(', ')}`);
  }
  await load.stop();
  await settled(engine);
  const { faults, told } = trends(windows);
  const failures = [...faults, ...(await invariantFaults(engine))];
  await engine.stop();
  remove();
  return { reached: `${minutes} minutes, ${load.orders} orders, ${load.reads} reads: ${told}`, failures };
}

export default {
  says: 'an engine under a steady mixed load: memory, file handles, write-ahead logs and latency stay flat (--minutes)',
  minutes: 10,

  async run({ seed, isShort, minutes, log }) {
    try {
      return await soak({ seed, minutes: isShort ? SHORT_MINUTES : minutes, log });
    } finally {
      endEverything();
    }
  },
};
