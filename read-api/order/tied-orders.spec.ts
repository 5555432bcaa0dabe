import { orderOpened, ReadApi } from '../shared/test-support/index.js';

const MOMENT = '2026-11-02T10:00:00.000Z';
const ORDERS = 300;

let api: ReadApi;
const place = (orderId: string): void => void api.record(`order-${orderId}`, orderOpened(orderId), MOMENT);

beforeAll(async () => {
  api = await ReadApi.start();
  for (let n = 0; n < ORDERS; n += 1) place(String(n));
  await api.catchUp();
});
afterAll(() => api.close());

it('orders of one millisecond are each listed once, page by page, while more of them come', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { json, items } = await api.as('support', `/v1/orders?limit=7${after}`);
    seen.push(...items.map((item) => String(item['orderId'])));
    cursor = json['nextCursor'] as string | null;
    if (page % 10 === 3) {
      // Beside what was shown, before it and after it.
      for (const [n, near] of ['', '0', '299', seen.at(-1)].entries()) place(`${near}-late-${page}-${n}`);
      await api.catchUp();
    }
  }
  expect(new Set(seen).size).toBe(seen.length);
  const before = seen.filter((orderId) => !orderId.includes('late'));
  expect(before.toSorted()).toEqual(Array.from({ length: ORDERS }, (_, n) => String(n)).toSorted());
});
