import type { PricedLine } from '../shared/index.js';
import { given } from '../shared/test-support/index.js';
import { orderAnswer, orderDecider, OrderView, shipmentView } from './index.js';
import type { OrderEvent } from './index.js';
import {
  cancellationRequested,
  cancelled,
  confirmed,
  createdAt,
  delivered,
  deliveredAt,
  parts,
  opened,
  rejected,
  shipped,
} from './test-support/an-order.js';

const open = { quantityShipped: 0, quantityCancelled: 0 };
const nothing = given(orderDecider);
/** A line as it was sold, without what only rules and reports look at. */
const shown = ({ priceIncludesTax: _price, categories: _categories, ...line }: PricedLine) => line;
const pending = nothing.events(opened);

describe('the answer of a write to an order', () => {
  it('shows lines as carts do, totals, and no member without a value', () => {
    const { reference: _, ...withoutReference } = opened.data;
    const order = nothing.events({ ...opened, data: withoutReference });
    expect(orderAnswer(order.state())).toStrictEqual({
      orderId: 'o1',
      orderNumber: 'ABCD-EFGH-JK',
      channel: 'default',
      status: 'pending',
      discounts: [],
      lines: opened.data.lines.map((line) => ({ ...shown(line), ...open })),
      totals: opened.data.totals,
      currentTotal: opened.data.totals.total,
      taxes: opened.data.taxes,
      shippingMethod: opened.data.shipping.method,
      shippingCost: opened.data.shipping,
      pricing: opened.data.pricing,
      destination: opened.data.destination,
      shipments: [],
    });
  });

  it('shows the reference of the cart, and why it was rejected', () => {
    expect(orderAnswer(pending.events(rejected).state())).toMatchObject({
      reference: 'basket 7',
      status: 'rejected',
      rejection: { code: 'PAYMENT.DECLINED', detail: 'The card was declined.' },
    });
  });

  it('shows its shipments, oldest first', () => {
    const first = { ...shipped(1, { TEA: 3 }), data: { ...shipped(1, { TEA: 3 }).data, carrier: 'Snail' } };
    const state = pending.events(confirmed, first, delivered(1), shipped(2, { POT: 2 }, true)).state();
    const views = [
      {
        shipmentId: 'o1.1',
        createdAt,
        lines: parts({ TEA: 3 }),
        status: 'delivered',
        deliveredAt,
        carrier: 'Snail',
      },
      { shipmentId: 'o1.2', createdAt, lines: parts({ POT: 2 }), status: 'created' },
    ];
    const answer = orderAnswer(state);
    expect(answer?.status).toBe('shipped');
    expect(answer?.shipments).toStrictEqual(views);
    expect(shipmentView(state, 'o1.1')).toStrictEqual({ ...views[0], orderId: 'o1' });
  });

  it('counts what was shipped and cancelled of each line, and what is left to be paid', () => {
    const progress = (...events: readonly OrderEvent[]) => {
      const answer = orderAnswer(pending.events(...events).state());
      const units = answer?.lines.map((line) => [line.sku, [line.quantityShipped, line.quantityCancelled]] as const);
      return { ...Object.fromEntries(units ?? []), total: answer?.currentTotal.amount };
    };
    const partly = [confirmed, shipped(1, { TEA: 2 }), shipped(2, { TEA: 1, POT: 1 })];
    expect(progress(confirmed)).toEqual({ TEA: [0, 0], POT: [0, 0], total: 9_300 });
    expect(progress(...partly)).toEqual({ TEA: [3, 0], POT: [1, 0], total: 9_300 });
    const rest = cancellationRequested({ POT: 1 }, 6_550);
    expect(progress(...partly, rest)).toEqual({ TEA: [3, 0], POT: [1, 1], total: 6_550 });
    const all = cancellationRequested({ TEA: 3, POT: 2 }, 0, false);
    expect(progress(all, cancelled(true))).toEqual({ TEA: [0, 3], POT: [0, 2], total: 0 });
    expect(progress(rejected)).toEqual({ TEA: [0, 0], POT: [0, 0], total: 0 });
  });

  it('is of the shape that is published', () => {
    const first = { ...shipped(1, { TEA: 3 }), data: { ...shipped(1, { TEA: 3 }).data, trackingNumber: 'SN-1' } };
    const answers = [pending.events(rejected), pending.events(confirmed, first, delivered(1))];
    for (const answer of answers.map((each) => orderAnswer(each.state()))) {
      if (answer === null) throw new Error('there is no order');
      const whole = {
        ...answer,
        payment: null,
        tenders: [],
        email: null,
        shippingAddress: null,
        placedAt: createdAt,
        version: 1,
      };
      expect(OrderView.pick(whole)).toEqual(whole);
    }
  });

  it('is nothing without an order, and a shipment nothing without a shipment', () => {
    expect(orderAnswer(nothing.state())).toBeNull();
    expect(shipmentView(pending.state(), 'o1.1')).toBeNull();
    expect(shipmentView(pending.events(confirmed).state(), 'o1.1')).toBeNull();
  });
});
