import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { TestServer } from './index.js';
import { startTestServer } from './index.js';

let server: TestServer;
let client: EventStoreDBClient;

beforeEach(async () => {
  server = await startTestServer();
  client = EventStoreDBClient.connectionString(server.url);
});
afterEach(async () => {
  await client.dispose();
  await server.close();
});

const event = (n: number, id = randomUUID()) => jsonEvent({ id, type: 'counted.v1', data: { n }, metadata: { by: 'spec' } });

it('reads back what was appended', async () => {
  const result = await client.appendToStream('count-1', [event(1), event(2)], { expectedRevision: 'no_stream' });
  expect(result).toMatchObject({ success: true, nextExpectedRevision: 1n });
  const read = [];
  for await (const { event: recorded } of client.readStream('count-1')) read.push(recorded);
  expect(read).toMatchObject([{ revision: 0n, data: { n: 1 } }, { revision: 1n, data: { n: 2 } }]);
  const sub = client.subscribeToAll();
  for await (const e of sub) { if (e.event?.streamId === 'count-1' && e.event.revision === 1n) break; }
});
it('is fast', async () => {
  const start = performance.now();
  for (let i = 0; i < 50; i++) {
    await Promise.all(Array.from({ length: 100 }, (_, k) => client.appendToStream(`s-${k}`, Array.from({length: 10}, (_, n) => event(n)), { expectedRevision: BigInt(i * 10 - 1) < 0n ? 'no_stream' : BigInt(i * 10 - 1) })));
  }
  const appended = performance.now();
  let n = 0;
  for await (const e of client.readAll()) n++;
  console.log(appended - start, performance.now() - appended, n);
});
