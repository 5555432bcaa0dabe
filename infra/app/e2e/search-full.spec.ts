import {
  expectStatus,
  HttpClient,
  Shop,
  until,
  useEngines,
  type EngineProcess,
  type Reply,
} from '../test-support/index.js';

/** No file of the limited process can grow beyond this; those of the others can. The tables of the read models take the first 800 KiB. */
const MAX_FILE_KIB = 2048;
/** Different words of every product: they need far more room in the search index than in the read models. */
const WORDS = 1_000;

const readinessOf = async ({ url }: EngineProcess) => new HttpClient({ url }).call('GET', '/readyz');
const isReady = async (engine: EngineProcess): Promise<boolean> => (await readinessOf(engine)).status === 200;
const tokenIn = ({ headers }: Reply) => ({ 'consistency-token': headers.get('consistency-token') ?? 'none' });

async function wordyProduct({ http }: Shop, number: number): Promise<Reply> {
  const description = Array.from({ length: WORDS }, (_, at) => (number * WORDS + at).toString(36)).join(' ');
  const body = { sku: `W-${number}`, name: `Wordy ${number}`, description, price: { amount: 1, currency: 'USD' } };
  return expectStatus(await http.call('POST', '/v1/products', { body, as: 'admin' }), 201);
}

describe('a full disk', () => {
  const engines = useEngines();

  it('under the search index alone does not stop writes and other reads; readiness names it, and it catches up', async () => {
    const directory = engines.directory();
    const projections = await engines.start({
      directory,
      env: { ROLES: 'projections' },
      maxFileKiB: MAX_FILE_KIB,
    });
    const shopFront = await engines.start({ directory, env: { ROLES: 'write-side,sagas,read-api' } });
    const shop = new Shop(shopFront);
    let made = 0;
    await until('the search index cannot be stored any more', async () => {
      await wordyProduct(shop, (made += 1));
      return !(await isReady(projections));
    });
    const said = await readinessOf(projections);
    expect(said.json).toMatchObject({
      checks: { 'read-models': expect.stringMatching(/^search cannot be stored: \w+$/) },
    });

    const headers = { ...tokenIn(await wordyProduct(shop, (made += 1))), prefer: 'wait=0' };
    const late = await shop.http.call('GET', `/v1/products?q=wordy`, { headers });
    expect(late).toMatchObject({ status: 503, json: { code: 'READ_MODEL.BEHIND', readModel: 'search' } });
    const waiting = { headers: { ...headers, prefer: 'wait=10' } };
    expectStatus(await shop.http.call('GET', `/v1/products/W-${made}`, waiting), 200);
    expectStatus(await shop.http.call('GET', '/v1/products?q=wordy'), 200);

    projections.child.liftFileLimit();
    await until('the projections are ready', () => isReady(projections));
    await shop.caughtUp();
    expect(await shop.read('/v1/products?q=wordy')).toMatchObject({ total: made });
  }, 120_000);

  it('under the hits that are kept for paging still answers first pages, and pages again when there is space', async () => {
    const directory = engines.directory();
    const others = await engines.start({ directory, env: { ROLES: 'write-side,sagas,projections' } });
    const searching = await engines.start({ directory, env: { ROLES: 'read-api' }, maxFileKiB: MAX_FILE_KIB });
    const [shop, search] = [new Shop(others), new Shop(searching)];
    for (const sku of ['S-1', 'S-2']) await shop.product({ sku });
    await search.caughtUp();
    const firstPage = async () => expectStatus(await search.http.call('GET', '/v1/products?q=thing&limit=1'), 200).json;
    const secondPage = async () => {
      const { nextCursor } = await firstPage();
      return search.http.call('GET', `/v1/products?q=thing&limit=1&cursor=${String(nextCursor)}`);
    };
    expect((await secondPage()).json).toMatchObject({ total: 2, nextCursor: null });

    let late: Reply | undefined;
    await until('hits cannot be kept any more', async () => {
      await Promise.all(Array.from({ length: 50 }, firstPage));
      late = await secondPage();
      return late.status !== 200;
    });
    expect(late).toMatchObject({ status: 400, json: { code: 'CURSOR.EXPIRED' } });
    expect(await firstPage()).toMatchObject({ total: 2, items: [{ sku: 'S-1' }] });

    searching.child.liftFileLimit();
    await until('searches are paged again', async () => (await secondPage()).status === 200);
  }, 90_000);
});
