import { randomUUID } from 'node:crypto';
import { productsReadModel } from '../../projections/catalog/index.js';
import { openRunnerBench, type RunnerBench } from '../engine/projections/test-support/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../event-store/test-support/index.js';
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

  async function createProducts(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const [commandId, sku] = [randomUUID(), `S-${n}`];
      const metadata = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' };
      const price = { amount: n, currency: 'USD' };
      const variants = [{ sku, prices: [price], taxClass: 'standard' }];
      const data = { productId: sku, name: sku, categories: [], attributes: {}, variants };
      const event = { id: randomUUID(), type: 'product.created.v1', data, metadata };
      await log.store.append(`product-${sku}`, [event], 'no-stream');
    }
  }

  it('are one: the other is refused in words, and what is live is what the log makes of it', async () => {
    await createProducts(150);
    const runner = await bench.run({ eventStore: log.store, models: [productsReadModel] });
    await runner.caughtUp();
    await runner.close();
    const live = await bench.documents('products');
    const said: string[] = [];
    const rebuilt = async () => {
      const readModelStore = await bench.temporary.open('read-write');
      return rebuildModel({ model: productsReadModel, eventStore: log.store, readModelStore }, (line) =>
        said.push(line),
      );
    };

    const ends = await Promise.allSettled([rebuilt(), rebuilt()]);
    const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
    expect(refusals).toEqual([expect.stringContaining('products: another rebuild of it is at work')]);
    expect(ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))).toEqual(['same']);
    expect(said).toContainEqual(expect.stringContaining('150 documents compared, all are the same'));
    expect(await bench.documents('products')).toEqual(live);
    const builds = (await bench.store.collections()).filter(({ name }) => name === 'products');
    expect(builds).toMatchObject([{ build: 1, live: true }]);
  });
});
