import { sagasReadModel, sagaStepsModel, type SagaDocument } from '../../projections/saga/index.js';
import { fold, shown } from '../../projections/shared/test-support/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

// What support is shown of the processes is folded from their records alone: it has to say what the runner has in memory.

let shop: Shop;
let process: RunningSagas;
beforeEach(async () => {
  shop = await Shop.open();
});
afterEach(async () => {
  await process.runner.close();
  await shop.close();
});

async function log(): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of shop.store.readAll()) events.push(event);
  return events;
}
const createdAt = '2026-11-02T09:00:00.000Z';

describe.each([[true], [false]])('where the store is joint: %s', (joint) => {
  beforeEach(async () => {
    process = await shop.start({ joint, inline: joint });
  });

  async function rows(): Promise<ReadonlyMap<string, SagaDocument>> {
    return fold(sagasReadModel, await log()) as unknown as ReadonlyMap<string, SagaDocument>;
  }
  async function ordered(token: string): Promise<string> {
    await shop.receive('tea', 2);
    const orderId = await shop.checkOut([{ sku: 'tea', quantity: 2 }], token);
    await shop.atRest(process);
    return orderId;
  }

  it('a checkout is done once its order is confirmed, and once it is rejected for good', async () => {
    const confirmed = await ordered('tok_ok');
    const rejected = await ordered('tok_declined');
    const found = await rows();
    expect([found.get(`checkout/${confirmed}`)?.state, (await shop.typesOfOrder(confirmed)).at(-1)]).toEqual([
      'done',
      'confirmed',
    ]);
    expect(found.get(`checkout/${rejected}`)?.state).not.toBe('running');
    expect((await shop.typesOfOrder(rejected)).at(-1)).toBe('rejected');
  });

  it('nothing is running while the runner is at rest', async () => {
    const orderId = await ordered('tok_ok');
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    expect([...(await rows()).values()].filter(({ state }) => state === 'running')).toEqual([]);
    expect((await rows()).get(`fulfilment/${orderId}`)?.state).toBe('waiting');
  });

  it('a fulfilment whose money is refused waits for each next try, and is stuck after the last', async () => {
    const orderId = await ordered('tok_no_capture');
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    const key = `fulfilment/${orderId}`;
    const steps = async () => shown(sagaStepsModel('fulfilment'), orderId, await log());
    expect((await rows()).get(key)?.state).toBe('waiting');
    expect(await steps()).toMatchObject({ failure: { key: 'money', nextAt: expect.any(String) }, unanswered: [] });

    for (const seconds of [5, 30, 120]) {
      shop.clock.advance(seconds * 1000);
      await shop.atRest(process);
    }
    expect((await rows()).get(key)?.state).toBe('stuck');
    const stuck = await steps();
    expect(stuck).toMatchObject({ failure: { key: 'money', nextAt: null }, unanswered: [], timers: {} });
    expect(stuck?.sendings.get('money')).toBe(4);
  });
});
