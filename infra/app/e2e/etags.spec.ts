import { expectStatus, Shop, useEngines, type Reply } from '../test-support/index.js';

const etagOf = ({ headers }: Reply): string => headers.get('etag') ?? 'none';

describe('an ETag', () => {
  const engines = useEngines();

  it('of what is read is that of the last write, which the next may be conditioned on', async () => {
    const shop = new Shop(await engines.start());
    await shop.product({ sku: 'S-1', stock: 10 });
    const changes = [
      { read: '/v1/inventory/S-1', path: '/v1/inventory/S-1/receipts', body: { quantity: 1 } },
      { read: '/v1/inventory/S-1', path: '/v1/inventory/S-1/adjustments', body: { quantity: -1, reason: 'count' } },
      { read: '/v1/products/S-1', path: '/v1/products/S-1', body: { name: 'Other' } },
    ] as const;
    for (const { read, path, body } of changes) {
      // A sale moves stock along meanwhile: no answer to a receipt has told its revisions.
      expect((await shop.ended(await shop.buy([['S-1', 1]]))).status).toBe('confirmed');
      await shop.caughtUp();
      const method = path === read ? 'PATCH' : 'POST';
      const before = etagOf(expectStatus(await shop.http.call('GET', read), 200));
      const change = (ifMatch: string): Promise<Reply> =>
        shop.http.call(method, path, { body, as: 'admin', headers: { 'if-match': ifMatch } });
      const changed = expectStatus(await change(before), 200);
      expect(etagOf(changed)).not.toBe(before);
      const headers = { 'consistency-token': changed.headers.get('consistency-token') ?? 'none' };
      expect(etagOf(expectStatus(await shop.http.call('GET', read, { headers }), 200))).toBe(etagOf(changed));
      expectStatus(await change(before), 412);
    }
  }, 60_000);
});
