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
const MAX_FILE_KIB = 1024;

const readinessOf = async ({ url }: EngineProcess) => new HttpClient({ url }).call('GET', '/readyz');

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

    const reference = 'x'.repeat(200);
    let token = 'none';
    const opened: string[] = [];
    const openCarts = async (): Promise<void> => {
      const reply = await shop.http.call('POST', '/v1/carts', { body: { currency: 'USD', reference } });
      opened.push(String(expectStatus(reply, 201).json['cartId']));
      token = reply.headers.get('consistency-token') ?? 'none';
    };
    await until('the projections cannot store any more', async () => {
      await Promise.all(Array.from({ length: 50 }, openCarts));
      return !(await isReady(projections));
    });
    await openCarts();
    const said = await readinessOf(projections);
    expect(said.json).toMatchObject({ checks: { 'read-models': expect.stringContaining('cannot be stored') } });
    const path = `/v1/carts/${opened.at(-1)}`;
    const late = await shop.http.call('GET', path, { headers: { 'consistency-token': token, prefer: 'wait=0' } });
    expect(late).toMatchObject({ status: 503, json: { code: 'READ_MODEL.BEHIND', readModel: 'carts' } });
    await until('also the others see that the read models stand still', async () => !(await isReady(shopFront)));
    await openCarts();

    projections.child.liftFileLimit();
    await until('the projections are ready', () => isReady(projections));
    await shop.caughtUp();
    await until('the others are ready', () => isReady(shopFront));
    const found = await Promise.all(opened.map((cartId) => shop.http.call('GET', `/v1/carts/${cartId}`)));
    expect(found.filter(({ status }) => status !== 200)).toEqual([]);
    expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
  }, 120_000);
});
