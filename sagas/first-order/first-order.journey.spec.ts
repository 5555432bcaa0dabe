import type { RecordedEvent } from '../../infra/event-store/index.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const ACCOUNTS = ['ann', 'bob', 'cy', 'dee', 'eve'];
const LINES = [{ sku: 'TEA', quantity: 1 }];

/** Until nothing is left to do; time goes on meanwhile, for what is sent again after a pause. */
async function settled(process: RunningSagas): Promise<void> {
  const ticking = setInterval(() => void shop.clock.advance(200), 10);
  await shop.atRest(process).finally(() => clearInterval(ticking));
}

async function recorded(isAskedFor: (event: RecordedEvent) => boolean): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of shop.store.readAll()) if (isAskedFor(event)) events.push(event);
  return events;
}

describe('accounts that order twice, and a guest', () => {
  it('have one first order each, kills at any moment notwithstanding, and no more is recorded for it', async () => {
    await shop.receive('TEA', 100);
    let process = await shop.start({ fuse: new Fuse(60) });
    for (const customerId of [...ACCOUNTS, ...ACCOUNTS]) await shop.checkOut(LINES, 'tok_ok', { customerId });
    await shop.checkOut(LINES);
    let kills = 0;
    for (const passes of [60, 60, 60, 90, 90, Infinity]) {
      await settled(process);
      if (!process.fuse.blown) break;
      kills += 1;
      await process.fuse.release();
      process = await shop.start({ fuse: new Fuse(passes) });
    }
    await settled(process);
    expect(kills).toBeGreaterThan(2);
    expect(await recorded(({ type }) => type === 'order.confirmed.v1')).toHaveLength(2 * ACCOUNTS.length + 1);
    const first = await recorded(({ type }) => type === 'customer.first-order-confirmed.v1');
    expect(first.map(({ data }) => data['customerId']).sort()).toEqual(ACCOUNTS);
    expect(await recorded(({ stream }) => stream.startsWith('saga-first-order-'))).toEqual([]);
    await process.fuse.release();
  });
});
