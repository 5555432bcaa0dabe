import type { JsonObject } from '../../domain/shared/index.js';
import { invalidField, orderOpened, ReadApi, refusalOf } from '../shared/test-support/index.js';

let api: ReadApi;
beforeEach(async () => {
  api = await ReadApi.start();
});
afterEach(() => api.close());

const money = {
  key: 'money',
  commandId: 'command-1',
  target: 'payment-gateway',
  id: 'p1',
  command: { type: 'capture', orderId: 'o1', token: 'tok_secret' },
};
const at = (minute: number): string => `2026-11-05T12:0${minute}:00.000Z`;

/** Records a step as the runner does. */
function step(name: string, id: string, time: string, more: object = {}): void {
  const data = { inputs: [], now: time, state: {}, sent: [], waiting: [], timers: {}, done: false, seed: 's', ...more };
  api.record(`saga-${name}-${id}`, { type: `saga.${name}.stepped.v1`, data: data as JsonObject }, time);
}

async function names(query: string): Promise<readonly unknown[]> {
  const items = await api.all('support', `/v1/sagas?limit=2${query}`);
  return items.map(({ name, id }) => `${String(name)} ${String(id)}`);
}

describe('the list of processes', () => {
  beforeEach(async () => {
    api.record('order-o1', orderOpened('o1'));
    step('checkout', 'o1', at(1), { done: true });
    step('fulfilment', 'o1', at(2), { stuck: true });
    step('fulfilment', 'o2', at(3), { sent: [money] });
    step('refund', 'r1', at(4), { state: { orderId: 'o1' } });
    step('price-window', 'tea', at(5), { timers: { window: at(9) } });
    await api.catchUp();
  });

  it('has those first that have been in their state the longest, page by page', async () => {
    const all = ['checkout o1', 'fulfilment o1', 'fulfilment o2', 'refund r1', 'price-window tea'];
    expect(await names('')).toEqual(all);
    const [first, , , , last] = await api.all('admin', '/v1/sagas?limit=3');
    expect(first).toEqual({ name: 'checkout', id: 'o1', orderId: 'o1', state: 'done', since: at(1) });
    expect(last).toEqual({ name: 'price-window', id: 'tea', orderId: null, state: 'waiting', since: at(5) });
  });

  const narrowed: readonly (readonly [string, readonly string[]])[] = [
    ['&name=fulfilment', ['fulfilment o1', 'fulfilment o2']],
    ['&state=stuck', ['fulfilment o1']],
    ['&state=running', ['fulfilment o2']],
    ['&name=fulfilment&state=running', ['fulfilment o2']],
    ['&q=o1', ['checkout o1', 'fulfilment o1', 'refund r1']],
    ['&q=N-O1', ['checkout o1', 'fulfilment o1', 'refund r1']],
    ['&q=r1', ['refund r1']],
    ['&q=tea&state=waiting', ['price-window tea']],
    ['&q=tea&state=done', []],
    ['&q=nobody', []],
    ['&olderThan=0&name=refund', ['refund r1']],
    ['&olderThan=3000000000', []],
  ];
  it('is narrowed by every filter', async () => {
    for (const [query, expected] of narrowed) expect([query, await names(query)]).toEqual([query, expected]);
  });

  it('refuses what it does not know, and who may not see it', async () => {
    for (const [query, path] of Object.entries({
      'state=lost': 'state',
      'name=other': 'name',
      'olderThan=-1': 'olderThan',
    }))
      expect(refusalOf(await api.as('support', `/v1/sagas?${query}`))).toEqual(invalidField(path));
    for (const role of ['customer', 'analyst'] as const)
      expect(refusalOf(await api.as(role, '/v1/sagas'))).toMatchObject({ status: 403 });
    expect(refusalOf(await api.get('/v1/sagas/checkout/o1'))).toMatchObject({ status: 401 });
  });
});

describe('a process', () => {
  const reply = { reply: 'money', outcome: 'refused', code: 'PAYMENT.DECLINED' };
  const read = async (path: string) => {
    await api.catchUp();
    return api.as('support', `/v1/sagas/${path}`);
  };

  it('shows its steps and what is to come, and nothing of what its commands say', async () => {
    step('fulfilment', 'o1', at(1), { inputs: [{ event: 'e1', type: 'order.shipment-created.v1' }], sent: [money] });
    step('fulfilment', 'o1', at(2), { inputs: [reply], timers: { later: at(9), 'capture-again': at(3) } });
    const { status, json, text, headers } = await read('fulfilment/o1');
    const command = { commandId: 'command-1', key: 'money', target: 'payment-gateway', id: 'p1', type: 'capture' };
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect(json).toEqual({
      name: 'fulfilment',
      id: 'o1',
      orderId: 'o1',
      state: 'waiting',
      since: at(2),
      version: 2,
      steps: [
        {
          at: at(1),
          inputs: [{ kind: 'event', name: 'order.shipment-created.v1', eventId: 'e1' }],
          commands: [command],
        },
        {
          at: at(2),
          inputs: [{ kind: 'reply', name: 'money', outcome: 'refused', code: 'PAYMENT.DECLINED' }],
          commands: [],
        },
      ],
      timers: [
        { name: 'capture-again', due: at(3) },
        { name: 'later', due: at(9) },
      ],
      unanswered: [],
      attempts: 1,
      lastError: { code: 'PAYMENT.DECLINED', detail: 'money was refused: The payment was declined' },
      nextAttemptAt: at(3),
      repairs: [],
    });
    expect(text).not.toContain('tok_secret');
  });

  it('says what is unanswered, and that nothing definite was answered', async () => {
    step('fulfilment', 'o1', at(1), { sent: [money] });
    step('fulfilment', 'o1', at(2), { inputs: [{ reply: 'money', outcome: 'unknown' }, { timeout: 'later' }] });
    step('fulfilment', 'o1', at(3), { sent: [{ ...money, commandId: 'command-2' }] });
    expect((await read('fulfilment/o1')).json).toMatchObject({
      state: 'running',
      unanswered: [{ commandId: 'command-2', key: 'money' }],
      attempts: 2,
      lastError: { code: 'no-answer', detail: 'money got no definite answer' },
      nextAttemptAt: null,
    });
  });

  it('that its order has ended waits for nothing more', async () => {
    api.record('order-o1', orderOpened('o1'), at(1));
    step('checkout', 'o1', at(1), { sent: [money], timers: { 'hold-expiry': at(9) } });
    api.record('order-o1', { type: 'order.confirmed.v1', data: { orderId: 'o1', lines: [] } }, at(2));
    expect((await read('checkout/o1')).json).toMatchObject({
      state: 'done',
      since: at(2),
      timers: [],
      unanswered: [],
      attempts: 0,
      lastError: null,
    });
  });

  it('that has begun and has recorded nothing yet is there', async () => {
    const data = { cartId: 'c1', orderId: 'o1', lines: [] };
    api.record('cart-c1', { type: 'cart.opened.v1', data: { cartId: 'c1', currency: 'EUR' } }, at(0));
    api.record('cart-c1', { type: 'cart.checked-out.v1', data }, at(1));
    const expected = { orderId: 'o1', state: 'running', since: at(1), steps: [], version: 0 };
    expect((await read('checkout/o1')).json).toMatchObject(expected);
  });

  it('is none that never began, and none of a process that there is not', async () => {
    for (const path of ['checkout/nobody', 'nothing/o1'])
      expect(refusalOf(await read(path))).toMatchObject({ status: 404, code: 'SAGA.NOT_FOUND' });
  });
});
