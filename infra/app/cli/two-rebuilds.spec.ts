import { randomUUID } from 'node:crypto';
import { cartsReadModel } from '../../../projections/cart/index.js';
import { openRunnerBench, type RunnerBench } from '../../../projections/runner/test-support/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import { rebuildModel } from './rebuild.js';

describe('two rebuilds of one read model at once', () => {
  let log: TemporaryEventStore;
  let bench: RunnerBench;
  beforeEach(async () => {
    log = await openTemporaryEventStore();
    bench = await openRunnerBench();
  });
  afterEach(async () => {
    await bench.close();
    await log.cleanup();
  });

  async function openCarts(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const [commandId, cartId] = [randomUUID(), randomUUID()];
      const metadata = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' };
      const event = { id: randomUUID(), type: 'cart.opened.v1', data: { cartId, currency: 'USD' }, metadata };
      await log.store.append(`cart-${cartId}`, [event], 'no-stream');
    }
  }

  it('are one: the other is refused in words, and what is live is what the log makes of it', async () => {
    await openCarts(150);
    const runner = await bench.run({ eventStore: log.store, models: [cartsReadModel] });
    await runner.caughtUp();
    await runner.close();
    const live = await bench.documents('carts');
    const said: string[] = [];
    const rebuilt = async () => {
      const readStore = await bench.temporary.open('read-write');
      return rebuildModel({ model: cartsReadModel, eventStore: log.store, readStore }, (line) => said.push(line));
    };

    const ends = await Promise.allSettled([rebuilt(), rebuilt()]);
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
    expect(refusals).toEqual([expect.stringContaining('carts: another rebuild of it is at work')]);
    expect(ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))).toEqual(['same']);
    expect(said).toContainEqual(expect.stringContaining('150 documents compared, all are the same'));
    expect(await bench.documents('carts')).toEqual(live);
    const builds = (await bench.store.collections()).filter(({ name }) => name === 'carts');
    expect(builds).toMatchObject([{ build: 1, live: true }]);
  });
});
