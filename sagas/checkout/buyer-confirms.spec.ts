import type { CommandReply } from '../../infra/engine/sagas/index.js';
import { Driven, event, SILENCE, YES } from '../test-support/drive.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';
import { checkoutSaga, type CheckoutState } from './checkout.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const usd = (amount: number) => ({ amount, currency: 'USD' });
const MINUTE = 60_000;

const checkedOut = event('cart.checked-out.v1', {
  cartId: 'c-1',
  orderId: ORDER,
  lines: [{ sku: 'TEA', quantity: 2 }],
  totals: { total: usd(1_500) },
});
const actionRequired = event('payment.action-required.v1', { orderId: ORDER });
const authorized = (amount: number) => event('payment.authorized.v1', { orderId: ORDER, amount: usd(amount) });
const declined = event('payment.declined.v1', { orderId: ORDER, code: 'PAYMENT.DECLINED', detail: 'No.' });
const cancelled = event('order.cancellation-requested.v1', { orderId: ORDER, confirmed: false });
const UNDOING = ['release:TEA', 'reopen-cart', 'void'];

const asked = () =>
  new Driven<CheckoutState>(checkoutSaga).happens(checkedOut).answered(YES, 'open-order', 'reserve:TEA');
const waiting = () => asked().happens(actionRequired).answered(SILENCE, 'authorize');

describe('a buyer who has to confirm the payment', () => {
  it.each([
    ['the answer says so first', () => asked().answered(SILENCE, 'authorize').happens(actionRequired)],
    ['the event does', waiting],
  ])(
    'has ten minutes, less than the stock is held, while the provider is asked twice a minute: %s',
    (_first, begin) => {
      const saga = begin();
      expect([saga.dueIn('give-up'), saga.dueIn('ask-again')]).toEqual([10 * MINUTE, MINUTE / 2]);
      expect(saga.dueIn('hold-expiry')).toBe(15 * MINUTE);
      saga.fires('ask-again').answered(SILENCE, 'authorize');
      expect(saga.dueIn('ask-again')).toBe(MINUTE / 2);
      saga.happens(actionRequired);
      expect(saga.dueIn('give-up')).toBe(9.5 * MINUTE);
    },
  );

  it('gets the order once the provider says that the money is held', () => {
    const saga = waiting().happens(authorized(1_500));
    expect(saga.keys.at(-1)).toBe('confirm');
    expect([...saga.timers.keys()]).toEqual([]);
  });

  it('who failed or did not come back leaves nothing behind', () => {
    expect(waiting().happens(declined).keys.slice(-3)).toEqual(UNDOING);
    const saga = waiting().fires('give-up');
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'fail-payment', code: 'PAYMENT.TIMEOUT' });
    expect(saga.sent.at(-1)?.command).toMatchObject({ detail: expect.stringContaining('did not confirm') });
    expect(saga.answered(YES, 'fail-payment').keys.slice(-3)).toEqual(UNDOING);
  });

  it.each([
    ['cancels', (saga: Driven<CheckoutState>) => saga.happens(cancelled), 'ORDER.CANCELLED'],
    ['outlasts the stock', (saga: Driven<CheckoutState>) => saga.fires('hold-expiry'), 'INVENTORY.HOLD_EXPIRED'],
  ])('and %s instead is not waited for', (_how, stops, code) => {
    const saga = stops(waiting());
    expect(saga.keys.at(-1)).toBe('fail-payment');
    saga.answered(YES, 'fail-payment');
    expect(saga.keys.slice(-3)).toEqual(UNDOING);
    saga.answered(YES, ...UNDOING);
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'reject-order', code });
  });
});

describe('a provider that holds less than the order costs', () => {
  const TOO_LITTLE: CommandReply = {
    outcome: 'refused',
    refusal: { code: 'PAYMENT.PARTLY_AUTHORIZED', detail: 'Less.' },
  };

  it.each([
    ['by its answer', () => asked().answered(TOO_LITTLE, 'authorize')],
    ['by its notice', () => asked().happens(authorized(1_499))],
  ])('has it let go again, and the order is rejected: %s', (_how, hears) => {
    const saga = hears();
    expect(saga.keys.slice(-3)).toEqual(UNDOING);
    saga.answered(YES, ...UNDOING);
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'reject-order', code: 'PAYMENT.PARTLY_AUTHORIZED' });
  });
});

describe('a payment that the buyer confirms, on real aggregates', () => {
  let shop: Shop;
  let process: RunningSagas;
  beforeAll(async () => {
    shop = await Shop.open();
    process = await shop.start();
    await shop.receive('TEA', 9);
    shop.provider.says = {
      outcome: 'action-required',
      reference: 'at-1',
      action: { type: 'redirect', url: 'https://bank.example' },
    };
  });
  afterAll(async () => {
    await process.runner.close();
    await shop.close();
  });
  const tea = [{ sku: 'TEA', quantity: 1 }];

  it('is waited for across a restart, and confirms the order', async () => {
    const orderId = await shop.checkOut(tea);
    await shop.atRest(process);
    await process.runner.close();
    process = await shop.start();
    shop.clock.advance(9 * MINUTE);
    await shop.atRest(process);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened']);
    await shop.payment(orderId, { type: 'record-authorization', reference: 'at-1' });
    await shop.atRest(process);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await shop.typesOfPayment(orderId)).toEqual(['requested', 'action-required', 'authorized']);
  });

  it('is given up after ten minutes, with what the provider calls it let go', async () => {
    const orderId = await shop.checkOut(tea);
    for (let minute = 0; minute <= 10; minute += 1) {
      await shop.atRest(process);
      shop.clock.advance(MINUTE);
    }
    await shop.atRest(process);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('rejected');
    expect(await shop.typesOfPayment(orderId)).toEqual([
      'requested',
      'action-required',
      'failed',
      'void-requested',
      'voided',
    ]);
    expect(shop.provider.requests.at(-1)).toMatchObject({ reference: 'at-1' });
  });
});
