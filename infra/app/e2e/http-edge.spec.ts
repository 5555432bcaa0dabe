import { connect } from 'node:net';
import { eventually, expectStatus, HttpClient, Shop, until, useEngines } from '../test-support/index.js';

describe('the edge of the engine', () => {
  const engines = useEngines();

  it('turns away who asks too often, and tells them when to come back', async () => {
    const http = new HttpClient(await engines.start({ env: { RATE_LIMIT: '5' } }));
    const replies = await Promise.all(Array.from({ length: 20 }, () => http.call('GET', '/v1/products')));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(5);
    for (const { headers, json } of refused) {
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(json).toMatchObject({ status: 429, code: 'REQUEST.RATE_LIMITED' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    for (let count = 0; count < 10; count++) expectStatus(await http.call('GET', '/healthz'), 200);
    await until('asking is allowed again', async () => (await http.call('GET', '/v1/products')).status === 200, 5);
  }, 60_000);

  it('stays up when clients hang up, speak gibberish or send half a request', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    const { port } = new URL(engine.url);
    const says = [
      'GET / HTTP/1.1\r\n\r\n',
      '\0\x01\x02 gibberish\r\n\r\n',
      'POST /v1/carts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"curr',
    ];
    for (const text of says) {
      const socket = connect(Number(port), '127.0.0.1');
      await eventually('the connection is there', () => (socket.readyState === 'open' ? true : undefined));
      socket.on('error', () => undefined);
      await new Promise((sent) => socket.write(text, sent));
      socket.destroy();
    }
    await shop.product({ sku: 'S-1', stock: 1 });
    expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
    expect(engine.output).not.toMatch(/"level":"(error|fatal)"/);
  }, 60_000);

  it('seeds the demo shop once, and shows how to buy from it', async () => {
    const engine = await engines.start({ env: { SEED_DEMO: '1' } });
    const shop = new Shop(engine);
    const commands = engine.child.stdout.match(/curl -s \S+/g);
    expect(commands).toHaveLength(5);
    expect(engine.child.stdout).toContain('"sku":"1000237","quantity":2');
    expect(engine.child.stdout).toContain('"code":"WELCOME-10"');
    const stock = await shop.stock('1000237');
    expect(stock.available).toBeGreaterThan(2);
    expect((await shop.ended(await shop.buy([['1000237', 2]]))).status).toBe('confirmed');
    expect(await engine.stop()).toBe(0);
    await engine.start();
    expect(await shop.stock('1000237')).toMatchObject({ onHand: stock.onHand, available: stock.available - 2 });
  }, 60_000);
});
