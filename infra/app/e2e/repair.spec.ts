import type { SagaDetail } from '../../../read-api/sagas/saga-view.js';
import { booksBalance, eventually, expectStatus, Shop, useEngines } from '../test-support/index.js';
import type { EngineProcess } from '../test-support/index.js';

interface NeedyRow {
  readonly orderId: string;
  readonly attention: readonly { readonly reason: string }[];
}

describe('a process that is stuck', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  beforeAll(async () => {
    engine = await engines.start();
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 250, stock: 100 });
  }, 60_000);

  /** An order that is shipped, whose capture was refused for good. */
  async function stuck(): Promise<{ readonly orderId: string; readonly saga: SagaDetail }> {
    const orderId = await shop.buy([['S-1', 1]], 'tok_capture_recovers');
    await shop.ended(orderId);
    await shop.ship(orderId);
    const saga = await eventually('the fulfilment is stuck', async () => {
      const { status, json } = await shop.http.call('GET', `/v1/sagas/fulfilment/${orderId}`, { as: 'support' });
      const found = json as unknown as SagaDetail;
      return status === 200 && found.state === 'stuck' ? found : undefined;
    });
    return { orderId, saga };
  }
  const ask = (orderId: string, repair: string, version: number, key: string) =>
    shop.http.call('POST', `/v1/sagas/fulfilment/${orderId}/${repair}`, {
      as: 'admin',
      body: { reason: 'the bank has lifted its block' },
      headers: { 'if-match': `"${version}"`, 'idempotency-key': key },
    });
  const types = async (orderId: string): Promise<readonly string[]> => {
    const path = `/v1/orders/${orderId}/history?limit=100`;
    return (await shop.read<{ items: { type: string }[] }>(path, 'support')).items.map(({ type }) => type);
  };
  const times = async (orderId: string, type: string): Promise<number> =>
    (await types(orderId)).filter((one) => one === type).length;

  it('is captured once a person has it tried again, though the engine is killed meanwhile', async () => {
    const { orderId, saga } = await stuck();
    expect(saga).toMatchObject({ attempts: 1, repairs: ['retry', 'compensate'], nextAttemptAt: null });
    expect(saga.lastError).toMatchObject({ code: 'PAYMENT.CAPTURE_REFUSED' });
    const needy = async () => {
      const { items } = await shop.read<{ items: NeedyRow[] }>('/v1/orders?attention=true', 'support');
      return items.find((order) => order.orderId === orderId)?.attention.map(({ reason }) => reason);
    };
    expect(await eventually('the order needs a person', needy)).toEqual(['capture-failed', 'saga-stuck']);

    expectStatus(await ask(orderId, 'retry', saga.version - 1, 'seen too early'), 412);
    await ask(orderId, 'retry', saga.version, 'try it again');
    await engine.kill();
    await engine.start();
    expectStatus(await ask(orderId, 'retry', saga.version, 'try it again'), 202);
    await shop.orderWhen(orderId, ({ payment }) => payment?.captured.amount === 250);
    expect(await times(orderId, 'order.process-retry-requested.v1')).toBe(1);
    expect(await times(orderId, 'payment.captured.v1')).toBe(1);
    expect(await eventually('nobody is needed', async () => ((await needy()) === undefined ? true : undefined))).toBe(
      true,
    );
    await booksBalance(shop, new Map([['S-1', 100]]));
  }, 120_000);

  it('lets the money go where a person brings it to its failing end', async () => {
    const { orderId, saga } = await stuck();
    const [one, other] = await Promise.all([
      ask(orderId, 'compensate', saga.version, 'one'),
      ask(orderId, 'compensate', saga.version, 'other'),
    ]);
    expect([one?.status, other?.status]).toContain(202);
    await shop.orderWhen(orderId, ({ payment }) => payment?.status === 'voided');
    expect(await times(orderId, 'order.process-compensation-requested.v1')).toBe(1);
    expect(await times(orderId, 'payment.voided.v1')).toBe(1);
  }, 60_000);
});
