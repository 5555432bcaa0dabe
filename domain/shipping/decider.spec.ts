import fc from 'fast-check';
import { given } from '../shared/test-support/index.js';
import { shipmentAggregate, shipmentDecider } from './index.js';
import type { BookShipment, RecordDelivery, ShipmentBooked, ShipmentDelivered, ShippingCommand } from './index.js';

const parcel = {
  shipmentId: 'o1.1',
  orderId: 'o1',
  lines: [{ sku: 'TEA-1', quantity: 2 }],
  carrier: 'Snail',
  trackingNumber: 'SN-1',
};
const book: BookShipment = { type: 'book-shipment', ...parcel };
const deliver: RecordDelivery = { type: 'record-delivery', deliveredAt: '2026-11-22T12:00:00.000Z' };
const booked: ShipmentBooked = { type: 'shipment.booked.v1', data: parcel };
const delivered: ShipmentDelivered = {
  type: 'shipment.delivered.v1',
  data: { shipmentId: 'o1.1', orderId: 'o1', deliveredAt: deliver.deliveredAt },
};
const shipment = given(shipmentDecider);

describe('a shipment', () => {
  it('is booked with the carrier once', () => {
    shipment.when(book).thenOnce(booked);
    shipment
      .events(booked)
      .when({ ...book, trackingNumber: 'SN-2' })
      .then();
    shipment.events(booked, delivered).when(book).then();
  });

  it('is delivered once, at the time that was said first', () => {
    shipment.events(booked).when(deliver).thenOnce(delivered);
    shipment
      .events(booked, delivered)
      .when({ ...deliver, deliveredAt: '2026-11-23T00:00:00.000Z' })
      .then();
    expect(shipment.events(booked, delivered).state()).toEqual({
      ...parcel,
      status: 'delivered',
      deliveredAt: deliver.deliveredAt,
    });
  });

  it('is not delivered before it was booked', () => {
    shipment.when(deliver).refused('SHIPMENT.NOT_FOUND');
    expect(shipment.events(delivered).state()).toEqual({ status: 'none' });
  });

  it('has a stream of its own', () => {
    expect(shipmentAggregate).toMatchObject({ category: 'shipment', decider: shipmentDecider });
  });

  it('adds nothing for a command that is sent again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<ShippingCommand>(book, deliver)), (commands) => {
        let state = shipmentDecider.initialState();
        for (const command of commands) {
          const decision = shipmentDecider.decide(command, state);
          state = (decision.accepted ? decision.events : []).reduce(shipmentDecider.evolve, state);
          const again = shipmentDecider.decide(command, state);
          expect(again.accepted ? again.events : []).toEqual([]);
        }
      }),
    );
  });
});
