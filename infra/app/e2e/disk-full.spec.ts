import { embeddedOnly, expectStatus, Shop, until, useEngines, type Reply } from '../test-support/index.js';

/** No file of the engine can grow beyond this: the log meets it first. */
const MAX_FILE_KIB = 6 * 1024;

const { describe } = embeddedOnly('a full disk under the files of the log');

describe('a full disk', () => {
  const engines = useEngines();

  it('stops writes with 503 and loses nothing, while reads go on', async () => {
    const engine = await engines.start({ maxFileKiB: MAX_FILE_KIB });
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 5 });
    const before = await shop.cart(['S-1', 1]);
    await shop.caughtUp();
    expectStatus(await shop.http.call('GET', '/readyz'), 200);

    const acknowledged: string[] = [];
    const reference = 'x'.repeat(200);
    let refused: Reply | undefined;
    const openCarts = async (): Promise<void> => {
      while (refused === undefined) {
        const reply = await shop.http.call('POST', '/v1/carts', { body: { currency: 'USD', reference } });
        if (reply.status === 201) acknowledged.push(String(reply.json['cartId']));
        else refused = reply;
      }
    };
    await Promise.all(Array.from({ length: 16 }, openCarts));

    expect(refused).toMatchObject({ status: 503, json: { code: 'STORE.UNAVAILABLE' } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(100);
    for (const path of ['/v1/carts', `/v1/carts/${before}/items`]) {
      const body = path === '/v1/carts' ? { currency: 'USD' } : { sku: 'S-1', quantity: 1 };
      expectStatus(await shop.http.call('POST', path, { body }), 503);
    }
    expectStatus(await shop.http.call('GET', '/healthz'), 200);
    expectStatus(await shop.http.call('GET', `/v1/carts/${before}`), 200);
    expectStatus(await shop.http.call('GET', '/v1/products/S-1'), 200);
    await until('the engine says that it is not ready', async () => {
      return (await shop.http.call('GET', '/readyz')).status === 503;
    });
    await engine.stop();

    await engine.start({ maxFileKiB: 1024 * 1024 });
    await shop.caughtUp();
    const lost: string[] = [];
    const unread = [...acknowledged];
    const readOn = async (): Promise<void> => {
      for (let cartId = unread.pop(); cartId !== undefined; cartId = unread.pop())
        if ((await shop.http.call('GET', `/v1/carts/${cartId}`)).status !== 200) lost.push(cartId);
    };
    // One client may have only so many connections.
    await Promise.all(Array.from({ length: 16 }, readOn));
    expect(lost).toEqual([]);
    expect(await shop.read(`/v1/carts/${before}`)).toMatchObject({ items: [{ sku: 'S-1', quantity: 1 }] });
    expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
  }, 90_000);
});
