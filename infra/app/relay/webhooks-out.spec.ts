import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { restartRelay } from '../../relay/index.js';
import { loadConfig } from '../../config/load-config.js';
import { withIds } from '../../event-store/index.js';
import { batchOf, newStream } from '../../event-store/test-support/index.js';
import { openParkedMessages, retryParked } from '../../message-bus/index.js';
import { MONGODB, mongoUrl, NATS, onRealServer } from '../../test-support/servers/index.js';
import { Closers } from '../boot/closers.js';
import { runRelay } from './run-relay.js';
import { openLog, openProcessStore } from '../stores/stores.js';
import { until, WebhookReceiver } from '../test-support/index.js';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const logger = pino({ level: 'silent' });

let directory: string;
let receiver: WebhookReceiver;
let closers: Closers;
let registry: Registry;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cartwright-webhooks-'));
  receiver = await WebhookReceiver.start(secret);
  closers = new Closers();
});
afterEach(async () => {
  await closers.close();
  receiver.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A relay as a process has it; answers what appends an event that goes out, and its id. */
async function start(env: Readonly<Record<string, string>> = {}): Promise<() => Promise<string>> {
  registry = new Registry();
  const endpoint = { EVENT_WEBHOOK_URL: receiver.url, EVENT_WEBHOOK_SECRET: secret };
  const config = loadConfig({ DATA_DIR: directory, ...endpoint, ...env });
  const log = await openLog(config, 'read-write');
  closers.add(() => log.close());
  await runRelay({ config, log, logger, registry, observeLeader: () => {} }, closers);
  return async () => {
    const [event] = withIds(batchOf({ type: 'order.completed.v1', data: { orderId: 'an-order' } }));
    if (event === undefined) throw new Error('no event');
    await log.events.append(newStream('order'), [event], 'no-stream');
    return event.id;
  };
}

describe('webhooks out', () => {
  it('stop at once while an event waits to be tried again, and try it after the next start', async () => {
    receiver.failNext(Infinity);
    const append = await start();
    const id = await append();
    // The third try comes 5 s after the second.
    await until('it has failed twice', () => receiver.failed.length === 2);
    const began = performance.now();
    await closers.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    receiver.failNext(0);
    closers = new Closers();
    await start();
    await until('it is taken', () => receiver.ids.length > 0);
    expect(receiver.ids).toEqual([id]);
  });

  it('are signed for their receiver, and for no other', async () => {
    const other = `whsec_${randomBytes(32).toString('base64')}`;
    const append = await start({ EVENT_WEBHOOK_SECRET: other, EVENT_WEBHOOK_ATTEMPTS: '1' });
    const id = await append();
    await until('it is posted', () => receiver.unsigned.length > 0);
    expect(receiver.unsigned).toEqual([id]);
    await until('it is counted among the parked', async () => {
      return (await registry.metrics()).includes('cartwright_parked_messages{consumer="webhooks"} 1\n');
    });
    await until('the relay has no lag', async () => (await registry.metrics()).includes('cartwright_relay_lag 0\n'));
  });

  it('are signed with each secret of a list, so that a receiver may know the old one or the new one', async () => {
    const append = await start({ EVENT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')} ${secret}` });
    const id = await append();
    await until('it is taken', () => receiver.ids.length > 0);
    expect(receiver.ids).toEqual([id]);
  });

  it('are no business of a process without the role projections', async () => {
    const append = await start({ ROLES: 'write-side' });
    await append();
    await closers.close();
    closers = new Closers();
    const later = await (await start())();
    await until('both are taken', () => receiver.ids.length === 2);
    expect(receiver.ids.at(-1)).toBe(later);
  });
});

await onRealServer(NATS, (server) => {
  it('come from the stream, each once, also after another start', async () => {
    const url = `${server}/webhooks-${randomBytes(4).toString('hex')}`;
    const append = await start({ BUS_URL: url });
    const id = await append();
    await until('it is taken', () => receiver.ids.includes(id));
    await closers.close();
    closers = new Closers();
    const later = await (await start({ BUS_URL: url }))();
    await until('the later one is taken', () => receiver.ids.includes(later));
    expect(receiver.ids.filter((taken) => taken === id)).toHaveLength(1);
  });
});

await onRealServer(MONGODB, (url) => {
  it('are kept count of in a MongoDB: what was taken, what is parked, and how far the relay is', async () => {
    const database = `webhooks_${randomBytes(4).toString('hex')}`;
    const env = { READ_STORE_URL: mongoUrl(url, { database }), EVENT_WEBHOOK_ATTEMPTS: '1' };
    receiver.failNext(1);
    const append = await start(env);
    const parkedId = await append();
    await until('it is refused', () => receiver.failed.length === 1);
    const takenId = await append();
    await until('the next one is taken', () => receiver.ids.length === 1);
    const processes = await openProcessStore({ readStoreUrl: env.READ_STORE_URL });
    closers.add(() => processes.close());
    await restartRelay(processes);
    // The whole log comes again: what was parked is tried, what was taken is not.
    await until('what was parked is taken', () => receiver.ids.includes(parkedId));
    const later = await append();
    await until('a later one is taken', () => receiver.ids.includes(later));
    expect(receiver.ids).toEqual([takenId, parkedId, later]);
    const parked = await openParkedMessages(processes);
    const left: string[] = [];
    for await (const message of parked.list('webhooks')) {
      left.push(message.id);
      expect(await retryParked(parked, message, () => Promise.resolve())).toBeNull();
    }
    expect(left).toEqual([parkedId]);
    for await (const { id } of parked.list()) throw new Error(`${id} is still parked`);
  });
});
