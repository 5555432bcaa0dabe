// Sagas over a real log in whose shop everything goes wrong that can, until it is over: then all must have come right.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { booksFaults, booksOf } from '../support/books/books.mjs';
import { logFaults } from '../support/books/log-order.mjs';
import { randomOf } from '../support/random.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const output = join(root, '.cache', 'saga-storm');

/** The storm is made of what the sagas' specs are made of, which no build has. */
async function compiled() {
  await build({
    cwd: root,
    input: {
      storm: 'sagas/test-support/storm/storm.ts',
      'writer.worker': 'infra/event-store/sqlite/writer.worker.ts',
      'document-writer.worker': 'infra/document-store/sqlite/document-writer.worker.ts',
    },
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    output: { dir: output, cleanDir: true },
  });
  return import(pathToFileURL(join(output, 'storm.js')).href);
}

/** What has to have befallen somebody, or it was no storm. */
const KINDS = [
  'a command comes late',
  'a command is lost',
  'a command comes twice',
  'an answer comes late',
  'an answer is lost',
  'a runner is told that there is no stock',
  'a runner is told that there is no money',
  'the store is full',
  'an append is lost',
  'an append is not answered',
  'the carrier is silent',
  'the provider does not hear',
  'the provider hears late',
  'the provider answers late',
  'the provider is not heard',
  'too little is held',
  'the buyer has to confirm',
  'the money is refused',
  'a no becomes a yes',
  'a capture is refused',
  'two runners are at it',
  'a notice comes',
  'a process is cut off and another goes on',
  'a gift card pays',
];

const LONGER_MS = 120_000;
/** Each waits for its clock and its disk most of the time. */
const AT_ONCE = 4;
/** In short as many, each once as it comes and once cut off. */
const IN_SHORT = 16;

/** The provider's own books against the log's, and against how each order ended. */
function providerFaults(payments, { money, orders }) {
  const ends = new Map(orders.all().map(({ orderId, status }) => [orderId, status]));
  return payments.flatMap(({ orderId, held, captured, refunded, keys }) => {
    const faults = [];
    const end = ends.get(orderId) ?? 'never opened';
    const own = JSON.stringify({ held, captured, refunded });
    if (held > 0 && end !== 'sold') faults.push(`order ${orderId} (${end}): the provider still holds money: ${own}`);
    if (captured > 0 && !ends.has(orderId)) faults.push(`order ${orderId} (${end}): money was taken: ${own}`);
    if (keys > 1) faults.push(`order ${orderId}: the provider was asked for its money with ${keys} keys`);
    const books = money.ofProvider(orderId);
    if (books.captured !== captured || books.refunded !== refunded)
      faults.push(`order ${orderId}: the log says ${JSON.stringify(books)}, the provider ${own}`);
    return faults;
  });
}

const asShown = ({ metadata, stream, ...event }) => ({
  ...event,
  stream,
  category: stream.split('-', 1)[0],
  commandId: metadata.commandId,
});

function faultsOf({ events, payments, unrest }) {
  const shown = events.map(asShown);
  const books = booksOf(shown);
  return [
    ...(unrest === null ? [] : [`it came to no rest: ${unrest}`]),
    ...logFaults(shown),
    ...booksFaults(shown, books),
    ...providerFaults(payments, books),
  ];
}

/** Storms of one shop each; keeps count of what they were. */
class Storms {
  storms = 0;
  events = 0;
  cuts = 0;
  counts = new Map();
  failures = [];

  constructor(storm) {
    this.storm = storm;
  }

  /** What has befallen nobody yet. */
  missing() {
    return KINDS.filter((kind) => !this.counts.has(kind));
  }

  /** Answers how many points there were at which it could have been cut. */
  async have(seed, cutAt) {
    const report = await this.storm({ seed, random: randomOf, ...(cutAt === undefined ? {} : { cutAt }) });
    this.storms += 1;
    this.events += report.events.length;
    this.cuts += report.wasCut ? 1 : 0;
    for (const [kind, times] of report.counts) this.counts.set(kind, (this.counts.get(kind) ?? 0) + times);
    const where = `storm ${seed}${cutAt === undefined ? '' : `, cut at ${cutAt}`}`;
    this.failures.push(...faultsOf(report).map((fault) => `${where}: ${fault}`));
    return report.passes;
  }
}

export default {
  says: 'sagas whose commands, answers, notices and processes come late, twice, wrong or not at all bring all to an end',
  minutes: 30,
  async run({ seed, isShort, minutes, log }) {
    const { storm } = await compiled();
    const storms = new Storms(storm);
    // Nothing here is about the disk: a shop is to be opened often.
    if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';
    const until = Date.now() + (isShort ? 0 : minutes * 60_000);
    let begun = 0;
    // On a busy machine few storms have everything in them.
    const goesOn = () =>
      Date.now() < until ||
      (isShort && begun < IN_SHORT) ||
      (storms.missing().length > 0 && Date.now() < until + LONGER_MS);
    const oneByOne = async () => {
      while (goesOn() && storms.failures.length < 10) {
        const nth = begun++;
        const one = seed * 100_000 + nth;
        const points = await storms.have(one);
        // In short at one point each; else every tenth storm is cut at every point, one after the other.
        const isCutEverywhere = !isShort && nth % 10 === 9;
        const cuts = isCutEverywhere
          ? Array.from({ length: points }, (_, at) => at + 1)
          : [1 + randomOf(one).below(points)];
        for (const cutAt of cuts) if (isShort || goesOn()) await storms.have(one, cutAt);
        if (nth % 10 === 0) log(`${storms.storms} storms, ${storms.cuts} cut, ${storms.failures.length} failures`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
    const missing = storms.missing().map((kind) => `never happened: ${kind}`);
    const befallen = [...storms.counts.values()].reduce((sum, times) => sum + times, 0);
    return {
      reached: `${storms.storms} storms (${storms.cuts} of them cut off at a point), ${storms.events} events, ${befallen} things went wrong, of ${storms.counts.size} kinds`,
      failures: [...storms.failures, ...missing],
    };
  },
};
