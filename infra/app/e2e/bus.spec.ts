import { randomBytes } from 'node:crypto';
import { connect, DeliverPolicy, type NatsConnection } from 'nats';
import { NATS, onRealServer } from '../../test-support/servers/index.js';
import { HttpClient, Shop, until, useEngines, WebhookReceiver, type EngineProcess } from '../test-support/index.js';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly data: { readonly orderId?: string };
}

await onRealServer(NATS, (server) => {
  const root = `bus-${randomBytes(4).toString('hex')}`;
  const stream = root.toUpperCase();
  const env = { BUS_URL: `${server}/${root}` };
  describe('integration events on NATS', () => {
    const engines = useEngines('all tests');
    let engine: EngineProcess;
    let shop: Shop;
    let connection: NatsConnection;
    beforeAll(async () => {
      connection = await connect({ servers: server.replace(/^\w+:\/\//, '') });
    });
    afterAll(async () => {
      await (await connection.jetstreamManager()).streams.delete(stream);
      await connection.close();
    });

    /** What the stream has of these orders, in its order; other engines may publish to it meanwhile. */
    async function toldOf(orderIds: readonly string[], since: Date): Promise<readonly (Told & { msgId: string })[]> {
      const jsm = await connection.jetstreamManager();
      const consumer = await jsm.consumers.add(stream, {
        deliver_policy: DeliverPolicy.StartTime,
        opt_start_time: since.toISOString(),
        inactive_threshold: 30e9,
      });
      const told: (Told & { msgId: string })[] = [];
      if (consumer.num_pending === 0) return told;
      const found = await connection.jetstream().consumers.get(stream, consumer.name);
      const messages = await found.fetch({ max_messages: consumer.num_pending, expires: 2_000 });
      for await (const message of messages) {
        const event: Told = message.json();
        if (!orderIds.includes(event.data.orderId ?? '')) continue;
        told.push({ ...event, msgId: message.headers?.get('Nats-Msg-Id') ?? '' });
      }
      return told;
    }

    it('wait in the log while the bus is away: the shop sells on, and readiness says so', async () => {
      engine = await engines.start({ env: { BUS_URL: 'nats://127.0.0.1:9' } });
      shop = new Shop(engine);
      const sku = await shop.product({ sku: 'UNTOLD', stock: 5 });
      expect((await shop.ended(await shop.buy([[sku, 1]]))).status).toBe('confirmed');
      const ready = await new HttpClient(engine).call('GET', '/readyz');
      expect(ready.status).toBe(503);
      expect(ready.json['checks']).toMatchObject({ 'message-bus': 'BusUnavailableError', 'event-store': 'ok' });
      const since = new Date();
      expect(await engine.stop()).toBe(0);
      await engine.start({ env });
      const [order] = await shop.orders();
      await until('it is told', async () => (await toldOf([order?.orderId ?? ''], since)).length > 0);
    });

    it('come in the order of the log, each once, also when the engine is killed on the way', async () => {
      const since = new Date();
      const sku = await shop.product({ sku: 'TOLD-1', stock: 50 });
      const orderIds: string[] = [];
      for (let count = 0; count < 5; count++) orderIds.push(await shop.buy([[sku, 1]]));
      await engine.kill();
      await engine.start({ env });
      for (let count = 0; count < 5; count++) orderIds.push(await shop.buy([[sku, 1]]));
      for (const orderId of orderIds) await shop.ended(orderId);
      const isConfirmed = ({ type }: Told): boolean => type === 'cartwright.order.confirmed';
      await until('every order is told to be confirmed', async () => {
        return (await toldOf(orderIds, since)).filter(isConfirmed).length >= orderIds.length;
      });
      const told = await toldOf(orderIds, since);
      expect(
        told
          .filter(isConfirmed)
          .map(({ data }) => data.orderId)
          .toSorted(),
      ).toEqual(orderIds.toSorted());
      expect(told.map(({ msgId }) => msgId)).toEqual(told.map(({ id }) => id));
      expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
      expect(told.map(({ position }) => position)).toEqual(told.map(({ position }) => position).toSorted());
      for (const orderId of orderIds) {
        const ofOrder = told.filter(({ stream }) => stream === `order-${orderId}`);
        expect(ofOrder.map(({ type, revision }) => [type, revision])).toEqual([
          ['cartwright.order.opened', 0],
          ['cartwright.order.confirmed', 1],
        ]);
      }
    });

    it('are taken over by another process when the one at work is killed', async () => {
      const since = new Date();
      const second = await engines.start({ directory: engine.options.directory, env });
      await until('the second one stands by', () => second.output.includes('another process relays the events'));
      const other = new Shop(second);
      const sku = await other.product({ sku: 'TOLD-2', stock: 5 });
      await engine.kill();
      const killedAt = performance.now();
      const orderId = await other.buy([[sku, 1]]);
      await until('the order is told', async () => (await toldOf([orderId], since)).length > 0);
      expect(performance.now() - killedAt).toBeLessThan(10_000);
      await other.ended(orderId);
    });
  });
});

describe('integration events by webhook', () => {
  const engines = useEngines();
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await WebhookReceiver.start(secret);
  });
  afterEach(() => receiver.close());
  const env = (attempts = 10): Readonly<Record<string, string>> => ({
    EVENT_WEBHOOK_URL: receiver.url,
    EVENT_WEBHOOK_SECRET: secret,
    EVENT_WEBHOOK_ATTEMPTS: String(attempts),
  });
  const isOf = (orderId: string, type: string) => (event: Told) =>
    event.data.orderId === orderId && event.type === type;
  const confirmedIs = (orderId: string): Promise<void> =>
    until('the confirmation is posted', () =>
      receiver.events<Told>().some(isOf(orderId, 'cartwright.order.confirmed')),
    );

  it('are signed, carry the revision, come again after a failure, and not once they were taken', async () => {
    const engine = await engines.start({ env: env() });
    const shop = new Shop(engine);
    const sku = await shop.product({ sku: 'POSTED', stock: 5 });
    receiver.failNext(2);
    const orderId = await shop.buy([[sku, 1]]);
    await confirmedIs(orderId);
    await until('what failed came again', () => receiver.failed.every((id) => receiver.ids.includes(id)));
    expect(receiver.failed).toHaveLength(2);
    expect(receiver.unsigned).toEqual([]);
    const order = receiver.events<Told>().filter(({ stream }) => stream === `order-${orderId}`);
    expect(order.map(({ type, revision }) => [type, revision]).toSorted()).toEqual([
      ['cartwright.order.confirmed', 1],
      ['cartwright.order.opened', 0],
    ]);
    await engine.stop();
    await engine.start();
    const next = await shop.buy([[sku, 1]]);
    await confirmedIs(next);
    const replay = engines.cliOver(engine.options.directory, 'relay', '--from-start');
    expect(await replay.end()).toBe(0);
    await confirmedIs(await shop.buy([[sku, 1]]));
    const again = receiver.ids.filter((id, index) => receiver.ids.indexOf(id) !== index);
    expect(again).toEqual([]);
  });

  it('are parked when the endpoint never takes them, and are delivered when an operator says so', async () => {
    const engine = await engines.start({ env: env(1) });
    const shop = new Shop(engine);
    receiver.failNext(1);
    await shop.product({ sku: 'REFUSED', stock: 5 });
    const cli = async (...args: readonly string[]): Promise<string> => {
      const run = engines.cliOver(engine.options.directory, 'parked-messages', ...args);
      await run.end();
      return run.output;
    };
    await until('the next one is taken', () => receiver.ids.length > 0);
    const [failed = 'none'] = receiver.failed;
    expect(await cli()).toMatch(new RegExp(`webhooks +${failed} +cartwright\\.\\S+ +1 .* the endpoint answered 500`));
    const retried = engines.cliOver(engine.options.directory, 'parked-messages', '--retry');
    expect(await retried.end()).toBe(1);
    expect(retried.output).toContain('EVENT_WEBHOOK_URL has to be set');
    const mended = engines.cliWith({ DATA_DIR: engine.options.directory, ...env() }, 'parked-messages', '--retry');
    expect(await mended.end()).toBe(0);
    expect(receiver.ids).toContain(failed);
    expect(await cli()).toBe('nothing is parked\n');
  });
});
