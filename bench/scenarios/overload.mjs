// overload: twice as many journeys as the engine has shown to take, begun at a fixed rate whatever it answers.
// Unit: confirmed orders a second (goodput) as a share of the peak that --shoppers clients reached before; p99 of the journeys
// that were taken, and the time until a refusal. The rate is held for --seconds after a lead of five, whose orders do not count. A
// journey that is refused at any request, 503 with Retry-After, ends there; a 503 without it ends the bench.
// Limit: goodput 0.9 of the peak or more; the p99 of what is taken bounded.
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory } from '../support/engine.mjs';
import { memory } from '../support/ledger.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, less, more } from '../support/metric.mjs';
import { RawClient, headerOf } from '../support/raw-client.mjs';
import { journey, openShop } from '../support/shop.mjs';

const TIMES_CAPACITY = 2;
/** Until as many journeys end as are taken. */
const LEAD_SECONDS = 5;
const WARM_UP_SECONDS = 2;
/** More connections than these are not opened: a journey that finds none free is not begun. */
const CONNECTIONS = 4_000;
const TICK_MS = 5;

class Refused extends Error {}
class Unsettled extends Error {}

/** A connection that throws `Refused` at a 503 with Retry-After, and `Unsettled` where the checkout was not done in time. */
class ShopperClient extends RawClient {
  async request(...asked) {
    const answer = await super.request(...asked);
    if (answer.status === 503 && headerOf(answer, 'retry-after') !== undefined) throw new Refused(answer.body);
    if (answer.status === 202) throw new Unsettled(answer.body);
    return answer;
  }
}

/** Begins journeys at this rate; resolves when all have ended. */
async function openLoop({ port, perSecond, seconds }, skus) {
  const result = { confirmed: 0, times: [], refusals: [], begun: 0, refused: 0, unsettled: 0, notBegun: 0 };
  const [idle, running] = [[], new Set()];
  const started = performance.now();
  const counted = started + LEAD_SECONDS * 1000;
  const until = counted + seconds * 1000;
  const failures = [];
  const begin = async () => {
    const client = idle.pop() ?? new ShopperClient(port);
    const began = performance.now();
    try {
      await journey(client, skus);
      result.times.push(performance.now() - began);
      if (performance.now() >= counted && performance.now() < until) result.confirmed += 1;
    } catch (error) {
      if (error instanceof Refused) {
        result.refused += 1;
        result.refusals.push(performance.now() - began);
      } else if (error instanceof Unsettled) result.unsettled += 1;
      else failures.push(error);
    }
    idle.push(client);
  };
  for (let due = 0; performance.now() < until && failures.length === 0; await delay(TICK_MS)) {
    for (const now = ((performance.now() - started) / 1000) * perSecond; due < now; due++) {
      if (running.size >= CONNECTIONS) {
        result.notBegun += 1;
        continue;
      }
      result.begun += 1;
      const run = begin();
      running.add(run);
      void run.then(() => running.delete(run));
    }
  }
  await Promise.all(running);
  for (const client of idle) client.close();
  if (failures.length > 0) throw failures[0];
  return { ...result, goodput: result.confirmed / seconds };
}

export default {
  about: 'twice as many journeys as the engine takes',
  limit: 'goodput 0.9 of the peak or more, 503 with Retry-After for the rest, p99 of what is taken bounded',
  seconds: 10,

  async round({ subject, seconds, shoppers, directory }) {
    const data = temporaryDirectory(directory);
    const env = { CONNECTIONS_PER_CLIENT: `${CONNECTIONS + 100}` };
    const { engine, skus } = await openShop(subject, data.path, { env });
    const { port } = engine;
    const load = (time) => closedLoop({ port, clients: shoppers, seconds: time }, (client) => journey(client, skus));
    await load(WARM_UP_SECONDS);
    const peak = await load(seconds);
    const over = await openLoop({ port, perSecond: peak.perSecond * TIMES_CAPACITY, seconds }, skus);
    const used = memory(engine);
    await engine.stop();
    data.remove();
    const share = (count) => less((count / (over.begun + over.notBegun)) * 100, '% of journeys');
    return {
      peak: more(peak.perSecond, 'orders/s'),
      goodput: more(over.goodput, 'orders/s'),
      'goodput of the peak': more(over.goodput / peak.perSecond, '×'),
      'refused, 503': share(over.refused),
      'not settled in time, 202': share(over.unsettled),
      'not begun, no connection free': share(over.notBegun),
      ...latencies('taken journey', over.times),
      ...(over.refusals.length > 0 && latencies('refusal', over.refusals)),
      ...used,
    };
  },
};
