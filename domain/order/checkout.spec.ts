import { given } from '../shared/test-support/index.js';
import { orderAggregate, orderDecider } from './index.js';
import {
  cancellationRequested,
  cancelled,
  completed,
  confirmed,
  delivered,
  opened,
  refundFlag,
  refundRequested,
  rejected,
  shipped,
  soldPots,
  soldTea,
} from './test-support/an-order.js';
import { commands, deliver, failRefund, refund } from './test-support/commands.js';

const nothing = given(orderDecider);
const pending = nothing.events(opened);
const askedToCancel = pending.events(cancellationRequested({ TEA: 3, POT: 2 }, 0, false));
const { open, confirm, reject } = commands;

describe('opening an order', () => {
  it('happens once for its cart, whatever became of it', () => {
    nothing.when(open).thenOnce(opened);
    pending.events(rejected).when(open).then();
    pending
      .events(confirmed, shipped(1, { TEA: 3, POT: 2 }, true))
      .when(open)
      .then();
  });

  it('is refused for another cart', () => {
    pending.when({ ...open, order: { ...opened.data, cartId: 'c2' } }).refused('ORDER.ALREADY_OPEN');
  });

  it('keeps nothing of the buyer in its state', () => {
    expect(JSON.stringify(pending.state())).not.toMatch(/ann@example\.com|High St/);
  });

  it.each([
    confirm,
    reject,
    commands.requestCancellation,
    commands.cancel,
    commands.shipAll,
    commands.complete,
    deliver(1),
    refund('r1', 1, 1),
    failRefund('r1'),
  ])('comes before $type', (command) => {
    nothing.when(command).refused('ORDER.NOT_FOUND');
  });

  it('comes before every other event', () => {
    expect(nothing.events(confirmed, completed).state()).toEqual({ status: 'none' });
  });
});

describe('confirming an order', () => {
  it('names the account that it belongs to, and nobody where a guest ordered', () => {
    const { customerId: _ann, ...guest } = opened.data;
    const { customerId: _of, ...ofGuest } = confirmed.data;
    nothing
      .events({ ...opened, data: guest })
      .when(confirm)
      .then({ ...confirmed, data: { ...ofGuest, customer: 'x' } });
  });

  it('counts its lines as sold, by the narrowest category, once', () => {
    pending.when(confirm).thenOnce(confirmed);
    for (const categories of [['Tea'], ['Food', 'Drinks', 'Tea']]) {
      const lines = opened.data.lines.map((line) => (line.sku === 'TEA' ? { ...line, categories } : line));
      nothing
        .events({ ...opened, data: { ...opened.data, lines } })
        .when(confirm)
        .then(confirmed);
    }
    expect(confirmed.data.lines).toEqual([soldTea(3), soldPots(2)]);
    expect(soldPots(2)).toEqual({
      lineId: 'POT',
      sku: 'POT',
      quantity: 2,
      revenue: { amount: 5_000, currency: 'USD' },
      category: 'uncategorised',
    });
  });

  it('is satisfied whatever came after the confirmation', () => {
    const all = pending.events(confirmed, shipped(1, { TEA: 3, POT: 2 }, true));
    all.when(confirm).then();
    all.events(delivered(1, true), completed).when(confirm).then();
    const asked = pending.events(confirmed, cancellationRequested({ TEA: 3, POT: 2 }, 0));
    asked.when(confirm).then();
    asked
      .events(cancelled(true, soldTea(3), soldPots(2)))
      .when(confirm)
      .then();
  });

  it('is refused once somebody asked to cancel', () => {
    askedToCancel.when(confirm).refused('ORDER.CANCELLATION_REQUESTED');
  });

  it('is refused when the checkout has ended otherwise', () => {
    pending.events(rejected).when(confirm).refused('ORDER.NOT_PENDING', { status: 'rejected' });
    askedToCancel.events(cancelled(true)).when(confirm).refused('ORDER.NOT_PENDING', { status: 'cancelled' });
  });
});

describe('rejecting an order', () => {
  it('ends a pending order once, with the reason', () => {
    pending.when(reject).thenOnce(rejected);
    expect(pending.events(rejected).state()).toMatchObject({
      status: 'rejected',
      rejection: { code: 'PAYMENT.DECLINED', detail: 'The card was declined.' },
    });
  });

  it('ends it as cancelled when somebody had asked to cancel', () => {
    askedToCancel.when(reject).thenOnce(cancelled(true));
  });

  it('is refused after the confirmation', () => {
    pending.events(confirmed).when(reject).refused('ORDER.NOT_PENDING', { status: 'confirmed' });
    pending
      .events(confirmed, cancellationRequested({ TEA: 3, POT: 2 }, 0), cancelled(true, soldTea(3), soldPots(2)))
      .when(reject)
      .refused('ORDER.NOT_PENDING', { status: 'cancelled' });
  });
});

describe('an ended or pending order', () => {
  it('is not changed by events that do not fit', () => {
    expect(pending.events(completed).state()).toEqual(pending.state());
    expect(pending.events(rejected, confirmed).state()).toEqual(pending.events(rejected).state());
    expect(pending.events(confirmed, rejected).state()).toEqual(pending.events(confirmed).state());
  });

  it.each([
    ['rejected', pending.events(rejected)],
    ['cancelled', askedToCancel.events(cancelled(true))],
  ])('that is %s is sold no more: what would follow a sale changes nothing', (_, ended) => {
    const sales = [confirmed, shipped(1, { TEA: 3 }), delivered(1), completed, refundRequested('r1', 1)];
    for (const event of sales) expect(ended.events(event).state()).toEqual(ended.state());
  });

  it('that is rejected needs nobody', () => {
    const ended = pending.events(rejected);
    expect(ended.events(refundFlag('r1')).state()).toEqual(ended.state());
  });

  it('has a stream of its own', () => {
    expect(orderAggregate).toMatchObject({ category: 'order', decider: orderDecider });
  });
});
