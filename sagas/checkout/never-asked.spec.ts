import { Driven, event, no, YES } from '../test-support/drive.js';
import { checkoutSaga, type CheckoutState } from './checkout.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const checkedOut = event('cart.checked-out.v1', {
  cartId: 'c-1',
  orderId: ORDER,
  lines: [{ sku: 'TEA', quantity: 1 }],
  totals: { total: { amount: 500, currency: 'USD' } },
});

/** The store was away, so that the provider could not be asked before the checkout gave up. */
const givingUp = () =>
  new Driven<CheckoutState>(checkoutSaga)
    .happens(checkedOut)
    .answered(YES, 'open-order', 'reserve:TEA')
    .fires('give-up');

const TOO_LATE = no('PAYMENT.TIMEOUT');
const NO_PAYMENT = no('PAYMENT.NOT_FOUND');
const UNDOING = ['release:TEA', 'reopen-cart', 'void'];

describe('a checkout whose provider was never asked', () => {
  it('ends where it hears, while it gives up, that nobody will ask any more', () => {
    // Seed 200016 of the storm: it gave up and waited in turn, for ever.
    const saga = givingUp().answered(TOO_LATE, 'authorize').answered(NO_PAYMENT, 'fail-payment');
    expect(saga.keys.slice(-3)).toEqual(UNDOING);
    saga.answered(YES, ...UNDOING).answered(YES, 'reject');
    expect(saga.state.phase).toBe('watching');
  });

  it('ends where it hears that after it has gone on waiting', () => {
    const saga = givingUp().answered(NO_PAYMENT, 'fail-payment');
    expect(saga.keys.at(-1)).toBe('fail-payment');
    saga.answered(TOO_LATE, 'authorize');
    expect(saga.keys.slice(-3)).toEqual(UNDOING);
  });

  it('goes on waiting as long as it may still be asked', () => {
    const saga = givingUp().answered(NO_PAYMENT, 'fail-payment');
    expect([saga.state.phase, saga.timers.has('give-up')]).toEqual(['authorizing', true]);
  });
});
