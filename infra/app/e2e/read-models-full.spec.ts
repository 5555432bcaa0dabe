import {
  embeddedOnly,
  expectStatus,
  HttpClient,
  Shop,
  until,
  useEngines,
  type EngineProcess,
} from '../test-support/index.js';

/** No file of the projections can grow beyond this; those of the others can. */
const MAX_FILE_KIB = 1536;

const readinessOf = async ({ url }: EngineProcess) => new HttpClient({ url }).call('GET', '/readyz');

async function readModelsOf(engine: EngineProcess): Promise<string> {
  const { json } = await readinessOf(engine);
  return (json['checks'] as Readonly<Record<string, string>>)['read-models'] ?? '';
}

async function isReady(engine: EngineProcess): Promise<boolean> {
  return (await readinessOf(engine)).status === 200;
}

const { describe } = embeddedOnly('a full disk under the files of the read models');

describe('a full disk under the read models alone', () => {
  const engines = useEngines();

  it('does not stop writes; readiness says so, reads do not pass for the present, and all catch up by themselves', async () => {
    const directory = engines.directory();
    const projections = await engines.start({
      directory,
      env: { ROLES: 'projections' },
      maxFileKiB: MAX_FILE_KIB,
    });
    const shopFront = await engines.start({ directory, env: { ROLES: 'write-side,sagas,read-api' } });
    const shop = new Shop(shopFront);
    await shop.product({ sku: 'S-1', stock: 5 });
    await shop.caughtUp();
    expect([await isReady(projections), await isReady(shopFront)]).toEqual([true, true]);

    const description = 'x'.repeat(400);
    const price = { amount: 100, currency: 'USD' };
    let token = 'none';
    const created: string[] = [];
    const create = async (): Promise<void> => {
      const sku = `N-${created.length}`;
      created.push(sku);
      const body = { sku, name: sku, description, price };
      const reply = expectStatus(await shop.http.call('POST', '/v1/products', { body, as: 'admin' }), 201);
      token = reply.headers.get('consistency-token') ?? 'none';
    };
    const readLast = () => {
      const headers = { 'consistency-token': token, prefer: 'wait=0' };
      return shop.http.call('GET', `/v1/products/${created.at(-1)}`, { headers });
    };
    // Not ready alone does not say it: the search index has a file of its own, which may be full first.
    await until('the projections cannot store products any more', async () => {
      await Promise.all(Array.from({ length: 50 }, create));
      return (await readModelsOf(projections)).includes('products cannot be stored');
    });
    await create();
    expect([await isReady(projections), await readModelsOf(projections)]).toEqual([
      false,
      expect.stringContaining('products cannot be stored'),
    ]);
    expect(await readLast()).toMatchObject({ status: 503, json: { code: 'READ_MODEL.BEHIND', readModel: 'products' } });
    await until('also the others see that the read models stand still', async () => !(await isReady(shopFront)));
    await create();

    projections.child.liftFileLimit();
    await until('the projections are ready', () => isReady(projections));
    await shop.caughtUp();
    await until('the others are ready', () => isReady(shopFront));
    const found = await Promise.all(created.map((sku) => shop.http.call('GET', `/v1/products/${sku}`)));
    expect(found.filter(({ status }) => status !== 200)).toEqual([]);
    expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
  }, 120_000);
});
