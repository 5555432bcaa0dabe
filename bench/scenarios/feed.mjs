// feed: the whole log as NDJSON from GET /v1/events, again and again, one reader.
// Unit: events a second, over the events of --size N orders (default 3,000); for an analyst, to whom personal data are null, and
// for an admin, for whom they are opened.
// Limit: 4 times the events a second of 45e32b1; 100,000 events a second is the goal.
import { get } from 'node:http';
import { startEngine, tokenLine } from '../support/engine.mjs';
import { filledShop } from '../support/filled-shop.mjs';
import { ledger, reading } from '../support/ledger.mjs';
import { more } from '../support/metric.mjs';

const NEW_LINE = 10;

/** Reads the feed to its end; counts lines and bytes and looks at nothing else. */
function readFeed(port, role) {
  const authorization = tokenLine(role).slice('authorization: '.length).trim();
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/v1/events', headers: { authorization } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`the feed answers ${answer.statusCode}`));
      let [events, bytes] = [0, 0];
      answer.on('data', (chunk) => {
        bytes += chunk.length;
        for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, at + 1)) events += 1;
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ events, bytes }));
    }).on('error', reject);
  });
}

async function readOver({ port, role, seconds, expected }) {
  const started = performance.now();
  let [events, bytes] = [0, 0];
  while (performance.now() - started < seconds * 1000) {
    const feed = await readFeed(port, role);
    if (feed.events !== expected) throw new Error(`the feed has ${feed.events} events instead of ${expected}`);
    events += feed.events;
    bytes += feed.bytes;
  }
  const took = (performance.now() - started) / 1000;
  return { events, perSecond: events / took, megabytes: bytes / took / 1e6 };
}

export default {
  about: 'the log as NDJSON, read from its beginning to its end',
  limit: 'against 45e32b1: events × 4; goal 100,000/s',
  seconds: 5,
  size: 3_000,
  prepare: filledShop,

  async round({ subject, seconds }, shop) {
    const engine = await startEngine(subject, shop.path);
    const { events: expected } = await readFeed(engine.port, 'admin');
    const metrics = {};
    for (const role of ['analyst', 'admin']) {
      const before = await reading(engine);
      const { events, perSecond, megabytes } = await readOver({ port: engine.port, role, seconds, expected });
      const cost = ledger(engine, [before, await reading(engine)], { units: events, unit: 'an event' });
      metrics[`${role}: events`] = more(perSecond, '/s');
      metrics[`${role}: data`] = more(megabytes, 'MB/s');
      for (const cpu of ['CPU, all threads', 'CPU of the load generator'])
        if (cost[cpu] !== undefined) metrics[`${role}: ${cpu}`] = cost[cpu];
    }
    await engine.stop();
    return metrics;
  },
};
