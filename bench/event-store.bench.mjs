/**
 * Appends of one event of about 300 bytes, eight to a stream and each stream by one caller, at several concurrencies: events a second, time each,
 * and the CPU that an append costs the caller's thread. Run after `npm run build`:
 *
 *   node bench/event-store.bench.mjs [directory] [seconds]
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSqliteEventStore } from '../dist/infra/event-store/sqlite/index.js';

const parent = process.argv[2] ?? tmpdir();
const seconds = Number(process.argv[3] ?? 4);

const line = {
  sku: 'SKU-000123',
  name: 'A plain cotton shirt',
  unitPrice: { amount: 1999, currency: 'USD' },
  quantity: 2,
};

function event() {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type: 'cart.item-added.v1',
    data: { ...line, categories: ['clothes', 'shirts'] },
    metadata: { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' },
  };
}

/** CPU of this thread in µs; Node 20 tells only that of the process, so the kernel is asked. */
function threadCpu() {
  const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function run(store, concurrency) {
  const until = performance.now() + seconds * 1000;
  const started = performance.now();
  const cpuBefore = threadCpu();
  const allBefore = process.cpuUsage();
  let appended = 0;
  const times = [];
  const worker = async () => {
    for (let stream = '', revision = 7; performance.now() < until;) {
      if (revision === 7) stream = `cart-${randomUUID()}`;
      const expected = revision === 7 ? 'no-stream' : revision;
      const start = performance.now();
      ({ revision } = await store.append(stream, [event()], expected));
      times.push(performance.now() - start);
      appended += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const took = (performance.now() - started) / 1000;
  const cpu = threadCpu() - cpuBefore;
  const all = process.cpuUsage(allBefore);
  times.sort((a, b) => a - b);
  const at = (share) => `${times[Math.floor(times.length * share)].toFixed(2)} ms`;
  console.log(
    `${String(concurrency).padStart(4)} at once: ${Math.round(appended / took)} events/s, p50 ${at(0.5)}, p99 ${at(0.99)}, ` +
      `${(cpu / appended).toFixed(1)} µs of the caller's thread and ${((all.user + all.system) / appended).toFixed(1)} µs in all an append`,
  );
}

const directory = mkdtempSync(join(parent, 'bench-events-'));
const store = await openSqliteEventStore({ directory, access: 'read-write' });
for (const concurrency of [1, 64, 512]) await run(store, concurrency);
const readStart = performance.now();
let read = 0;
for await (const _ of store.readAll()) read += 1;
console.log(`read ${read} events: ${Math.round(read / ((performance.now() - readStart) / 1000))} a second`);
await store.close();
rmSync(directory, { recursive: true });
