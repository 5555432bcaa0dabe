// Appends to the log of one revision, in a process that has nothing else to do: ROOT DIRECTORY SECONDS EVENTS.
// Prints the metrics of the scenario `append`, JSON.
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { latencies, less, more } from './metric.mjs';
import { cpuBetween, usageOf } from './usage.mjs';

const [root, directory, seconds, size] = process.argv.slice(2);
const STREAM_LENGTH = 8;
const STREAMS_AT_ONCE = 4;
const FILL_PAGE = 500;
const CALLERS = 64;

const { openSqliteEventStore } = await import(pathToFileURL(join(root, 'dist/infra/event-store/sqlite/index.js')).href);

function event() {
  const commandId = randomUUID();
  const unitPrice = { amount: 1999, currency: 'USD' };
  const line = { sku: 'SKU-000123', name: 'A plain cotton shirt', unitPrice, quantity: 2 };
  return {
    id: randomUUID(),
    type: 'cart.item-added.v1',
    data: { ...line, categories: ['clothes', 'shirts'] },
    metadata: { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' },
  };
}

const newStream = () => `cart-${randomUUID()}`;

/** Fills the log with so many events, a page to a stream. */
async function fill(store, events) {
  let left = Math.ceil(events / FILL_PAGE);
  const caller = async () => {
    while (left-- > 0) await store.append(newStream(), Array.from({ length: FILL_PAGE }, event), 'no-stream');
  };
  await Promise.all([caller(), caller(), caller()]);
}

/** One event after the other to streams of this caller's own. */
function singleAppends(store) {
  let [stream, revision] = [newStream(), -1];
  return async () => {
    if (revision === STREAM_LENGTH - 1) [stream, revision] = [newStream(), -1];
    ({ revision } = await store.append(stream, [event()], revision < 0 ? 'no-stream' : revision));
    return 1;
  };
}

/** An event to each of four new streams, all or nothing. */
const jointAppends = (store) => async () => {
  const batch = () => ({ stream: newStream(), events: [event()], expectedRevision: 'no-stream' });
  await store.appendAll(Array.from({ length: STREAMS_AT_ONCE }, batch));
  return STREAMS_AT_ONCE;
};

/** So many callers that append without a pause. */
async function load(callers, appending) {
  const times = [];
  let events = 0;
  const before = usageOf(process.pid);
  const started = performance.now();
  const until = started + Number(seconds) * 1000;
  const caller = async () => {
    const append = appending();
    while (performance.now() < until) {
      const began = performance.now();
      const appended = await append();
      events += appended;
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const perSecond = (events / (performance.now() - started)) * 1000;
  const after = usageOf(process.pid);
  if (before === null || after === null) return { perSecond, times, cpu: {} };
  const { main, all } = cpuBetween(before, after);
  const micros = (value) => less((value / events) * 1e6, 'µs an event');
  return { perSecond, times, cpu: { 'CPU of the caller’s thread': micros(main), 'CPU, all threads': micros(all) } };
}

const store = await openSqliteEventStore({ directory, access: 'read-write' });
await fill(store, Number(size));
const metrics = {};
for (const callers of [1, CALLERS, 512]) {
  const { perSecond, times, cpu } = await load(callers, () => singleAppends(store));
  metrics[`events, ${callers} at once`] = more(perSecond, '/s');
  if (callers === CALLERS) Object.assign(metrics, latencies('append', times), cpu);
}
if (store.joint === true) {
  const { perSecond } = await load(CALLERS, () => jointAppends(store));
  metrics[`events, joint, ${CALLERS} at once`] = more(perSecond, '/s');
}
const started = performance.now();
let read = 0;
for await (const _ of store.readAll()) read += 1;
metrics['events read'] = more((read / (performance.now() - started)) * 1000, '/s');
await store.close();
metrics['size of the log'] = less(statSync(join(directory, 'events.db')).size / read, 'bytes an event');
process.stdout.write(JSON.stringify(metrics));
