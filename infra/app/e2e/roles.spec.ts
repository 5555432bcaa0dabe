import { booksBalance, expectStatus, HttpClient, Shop, TwoFaced, until, useEngines } from '../test-support/index.js';

describe('roles in processes of their own over one data directory', () => {
  const engines = useEngines();

  it('sell, settle and show what one process would, and reads outlive the writer', async () => {
    const directory = engines.directory();
    const writer = await engines.start({ directory, env: { ROLES: 'write-side,sagas' } });
    const reader = await engines.start({ directory, env: { ROLES: 'projections,read-api' } });
    const http = new TwoFaced(new HttpClient(writer), new HttpClient(reader));
    const shop = new Shop(reader, http);
    const received = new Map([['S-1', 20]]);
    await shop.product({ sku: 'S-1', stock: 20 });

    // Whatever a proxy asks for the description of the API, it is that of every route.
    for (const file of ['/openapi.json', '/openapi.yaml']) {
      const [ofWriter, ofReader] = await Promise.all([writer, reader].map(({ url }) => fetch(url + file)));
      const whole = await ofWriter?.text();
      expect(whole).toMatch(/\/v1\/carts\/{id}\/checkout[^]*\/v1\/reports\/sales/);
      expect(await ofReader?.text()).toBe(whole);
    }

    const cartId = await shop.cart(['S-1', 2]);
    const placed = expectStatus(await shop.checkOut(cartId, { wait: 10 }), 201);
    const headers = { 'consistency-token': placed.headers.get('consistency-token') ?? 'none' };
    const path = `/v1/orders/${String(placed.json['orderId'])}`;
    const own = await http.call('GET', path, { as: 'admin', headers });
    expect(expectStatus(own, 200).json).toMatchObject({ status: 'confirmed' });
    const tokens = ['tok_ok', 'tok_declined', 'tok_timeout', 'tok_error'];
    const orders = await Promise.all(tokens.map(async (token) => shop.ended(await shop.buy([['S-1', 1]], token))));
    expect(orders.map(({ status }) => status)).toEqual(['confirmed', 'rejected', 'confirmed', 'confirmed']);
    await booksBalance(shop, received);

    await writer.kill();
    expectStatus(await http.call('GET', path, { as: 'admin' }), 200);
    await writer.start();
    expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
    await reader.kill();
    const meanwhile = await shop.buy([['S-1', 1]]);
    await reader.start();
    await until('the reader has caught up', async () => (await shop.order(meanwhile)).status === 'confirmed');
    await booksBalance(shop, received);
  }, 90_000);
});
