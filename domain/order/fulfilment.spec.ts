import { given } from '../shared/test-support/index.js';
import { shipmentIdOf } from './fulfilment.js';
import { orderDecider, orderIdOfShipment } from './index.js';
import {
  cancellationRequested,
  cancelled,
  completed,
  confirmed,
  createdAt,
  delivered,
  deliveredAt,
  lines,
  opened,
  rejected,
  shipped,
  soldPots,
  soldTea,
} from './test-support/an-order.js';
import { commands, deliver, ship } from './test-support/commands.js';

const pending = given(orderDecider).events(opened);
const sold = pending.events(confirmed);
const { shipAll, complete } = commands;

describe('shipping', () => {
  it('takes all open lines where none are named', () => {
    sold.when(shipAll).then(shipped(1, { TEA: 3, POT: 2 }, true));
    sold
      .events(shipped(1, { TEA: 1, POT: 2 }))
      .when(shipAll)
      .then(shipped(2, { TEA: 2 }, true));
  });

  it('takes a part, and is complete with the last open unit', () => {
    sold.when(ship({ POT: 2, TEA: 2 })).then(shipped(1, { POT: 2, TEA: 2 }));
    const partly = sold.events(shipped(1, { POT: 2, TEA: 2 }));
    expect(partly.state()).toMatchObject({ status: 'partially-shipped' });
    partly.when(ship({ TEA: 1 })).then(shipped(2, { TEA: 1 }, true));
    expect(partly.events(shipped(2, { TEA: 1 }, true)).state()).toMatchObject({ status: 'shipped' });
  });

  it('sums lines of the same SKU before it compares them with what is open', () => {
    const twice = (quantity: number) => [...lines({ TEA: 1, POT: 1 }), { sku: 'TEA', quantity }];
    sold.when({ ...shipAll, lines: twice(2) }).then(shipped(1, { TEA: 3, POT: 1 }));
    const extra = { sku: 'TEA', open: 3, requested: 4 };
    sold.when({ ...shipAll, lines: twice(3) }).refused('ORDER.SHIPMENT_EXCEEDS_OPEN', extra);
  });

  it('is refused beyond what is open', () => {
    const partly = sold.events(shipped(1, { TEA: 3 }));
    partly.when(ship({ TEA: 1 })).refused('ORDER.SHIPMENT_EXCEEDS_OPEN', { sku: 'TEA', open: 0, requested: 1 });
  });

  it('is refused for a SKU that the order does not have', () => {
    sold.when(ship({ TEA: 1, CUP: 1 })).refused('ORDER.LINE_NOT_FOUND', { sku: 'CUP' });
  });

  it('is refused without lines, and with lines of no whole unit', () => {
    sold.when(ship({})).refused('ORDER.SHIPMENT_EMPTY');
    for (const quantity of [0, -1, 0.5]) sold.when(ship({ TEA: quantity })).refused('ORDER.SHIPMENT_EMPTY');
    const cancelling = [...lines({ TEA: 2 }), { sku: 'TEA', quantity: -1 }];
    sold.when({ ...shipAll, lines: cancelling }).refused('ORDER.SHIPMENT_EMPTY');
  });

  it('keeps carrier and tracking number where they are known', () => {
    const known = { carrier: 'Snail', trackingNumber: 'SN-1' };
    const [event] = sold.when({ ...shipAll, ...known }).accepted();
    expect(event?.data).toMatchObject(known);
  });

  it.each([
    ['pending', pending],
    ['rejected', pending.events(rejected)],
    ['cancelled', sold.events(cancellationRequested({}, 0), cancelled(true, soldTea(3), soldPots(2)))],
    ['shipped', sold.events(shipped(1, { TEA: 3, POT: 2 }, true))],
    ['completed', sold.events(shipped(1, { TEA: 3, POT: 2 }, true), delivered(1, true), completed)],
    ['confirmed', sold.events(cancellationRequested({ TEA: 3, POT: 2 }, 0))],
  ])('is refused for an order that is %s or being cancelled', (status, order) => {
    order.when(shipAll).refused('ORDER.NOT_SHIPPABLE', { status });
  });
});

describe('delivering a shipment', () => {
  it('is recorded once, and complete with the last one of a wholly shipped order', () => {
    const partly = sold.events(shipped(1, { TEA: 3 }));
    partly.when(deliver(1)).thenOnce(delivered(1));
    const all = partly.events(shipped(2, { POT: 2 }, true));
    all.when(deliver(2)).then(delivered(2));
    all.events(delivered(2)).when(deliver(1)).thenOnce(delivered(1, true));
    expect(all.events(delivered(2), delivered(1, true)).state()).toMatchObject({ status: 'delivered' });
  });

  it('is not complete while lines are open, and leaves the order as it is', () => {
    const partly = sold.events(shipped(1, { TEA: 3 }), delivered(1));
    expect(partly.state()).toMatchObject({ status: 'partially-shipped' });
    partly
      .events(shipped(2, { POT: 2 }, true))
      .when(deliver(2))
      .then(delivered(2, true));
  });

  it('is complete with the last one after the open lines were cancelled', () => {
    const ended = sold.events(shipped(1, { TEA: 3 }), cancellationRequested({ POT: 2 }, 3_800));
    ended
      .events(cancelled(false, soldPots(2)))
      .when(deliver(1))
      .thenOnce(delivered(1, true));
  });

  it.each([
    ['5 minutes from now', { deliveredAt: '2026-11-22T12:05:00.000Z', now: '2026-11-22T12:00:00.000Z' }],
    ['5 minutes before the parcel left', { deliveredAt: '2026-11-21T11:55:00.000Z', now: deliveredAt }],
  ])('is taken %s: clocks differ', (_when, times) => {
    const order = sold.events(shipped(1, { TEA: 3 }));
    const [event] = order.when({ ...deliver(1), ...times }).accepted();
    expect(event?.data).toMatchObject({ deliveredAt: times.deliveredAt });
  });

  it('is refused in the future, and before the parcel left', () => {
    const order = sold.events(shipped(1, { TEA: 3 }));
    const ahead = { deliveredAt: '2026-11-22T12:05:00.001Z', now: '2026-11-22T12:00:00.000Z' };
    order.when({ ...deliver(1), ...ahead }).refused('ORDER.DELIVERY_IN_FUTURE', ahead);
    const before = { deliveredAt: '2026-11-21T11:54:59.999Z', now: deliveredAt };
    order
      .when({ ...deliver(1), ...before })
      .refused('ORDER.DELIVERY_BEFORE_SHIPMENT', { deliveredAt: before.deliveredAt, createdAt });
  });

  it('is satisfied where the parcel is delivered already, whatever time is said now', () => {
    const order = sold.events(shipped(1, { TEA: 3 }), delivered(1));
    expect(order.when({ ...deliver(1), deliveredAt: '2999-01-01T00:00:00.000Z' }).accepted()).toEqual([]);
  });

  it('is refused for a shipment that the order does not have', () => {
    sold.when(deliver(1)).refused('ORDER.SHIPMENT_NOT_FOUND');
    pending.when(deliver(1)).refused('ORDER.SHIPMENT_NOT_FOUND');
    expect(sold.events(delivered(1)).state()).toEqual(sold.state());
  });
});

describe('completing an order', () => {
  it('happens once, after it was delivered', () => {
    const all = sold.events(shipped(1, { TEA: 3, POT: 2 }, true));
    all.when(complete).refused('ORDER.NOT_DELIVERED', { status: 'shipped' });
    all.events(delivered(1, true)).when(complete).thenOnce(completed);
    pending.when(complete).refused('ORDER.NOT_DELIVERED', { status: 'pending' });
  });
});

describe('a shipment id', () => {
  it('says which order it belongs to', () => {
    expect(shipmentIdOf('o1', 12)).toBe('o1.12');
    expect(orderIdOfShipment('o1.12')).toBe('o1');
    expect(orderIdOfShipment('0b7f2f34-1c1e-5d0a-9a55-3b8f0a1b2c3d.1')).toBe('0b7f2f34-1c1e-5d0a-9a55-3b8f0a1b2c3d');
  });

  it.each(['', 'o1', 'o1.', 'o1.0', 'o1.x', '.1', 'o.1.1'])('is not %p', (text) => {
    expect(orderIdOfShipment(text)).toBeNull();
  });
});
