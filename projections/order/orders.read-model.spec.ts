import fc from 'fast-check';
import { orderAnswer, orderDecider } from '../../domain/order/index.js';
import type { OrderCommand, OrderEvent } from '../../domain/order/index.js';
import type { PaymentEvent, PaymentRequested } from '../../domain/payment/index.js';
import type { ShippingEvent } from '../../domain/shipping/index.js';
import * as sale from '../../domain/shared/test-support/index.js';
import { decideAll, EventLog, fold } from '../shared/test-support/index.js';

import type { OrderDocument, StaffOrderView } from './order-document.js';
import { buyersOrderView, numberKey, ordersReadModel, staffOrderView } from './orders.read-model.js';
import { opened, order } from './test-support/placed-order.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const of = { orderId: 'o-1', paymentId: 'p-1' };
const said = { ...of, provider: 'sandbox', reference: 'at-1' };
const part = { tender: 1, attempt: 1 };

type AnyEvent = OrderEvent | PaymentEvent | ShippingEvent;

/** The order after these events; the stream follows from the event's context. */
const documentOf = (...events: readonly AnyEvent[]): OrderDocument => {
  const log = new EventLog<AnyEvent>();
  for (const event of events) log.append(`${event.type.split('.')[0]}-1`, event);
  const document: unknown = fold(ordersReadModel, log.events).get('o-1');
  return document as OrderDocument;
};
const orderAfter = (...events: readonly AnyEvent[]): StaffOrderView => staffOrderView(documentOf(opened, ...events));

const requested: PaymentRequested = {
  type: 'payment.requested.v1',
  data: { ...of, ...part, amount: usd(93), provider: 'sandbox', idempotencyKey: 'k', personId: 'x', token: 'tok_ok' },
};
const authorized: PaymentEvent = { type: 'payment.authorized.v1', data: { ...said, amount: usd(93) } };
const no = { code: 'PAYMENT.DECLINED', detail: 'No.' };
const declined: PaymentEvent = { type: 'payment.declined.v1', data: { ...said, ...no } };
const confirmed: OrderEvent = { type: 'order.confirmed.v1', data: { orderId: 'o-1', lines: [] } };
const oneTea = sale.untaxedPart('tea', { price: usd(10), quantity: 1 });
const createdAt = '2026-11-05T12:00:00.000Z';
const shipped = (shipmentId: string, complete: boolean): OrderEvent => ({
  type: 'order.shipment-created.v1',
  data: { orderId: 'o-1', shipmentId, createdAt, lines: [oneTea], complete },
});
const delivered = (shipmentId: string, complete: boolean): OrderEvent => ({
  type: 'order.shipment-delivered.v1',
  data: { orderId: 'o-1', shipmentId, deliveredAt: '2026-11-06T00:00:00.000Z', complete },
});
const cancelled = (wholly: boolean): OrderEvent => ({
  type: 'order.cancelled.v1',
  data: { orderId: 'o-1', lines: [], wholly },
});

describe('the orders read model', () => {
  it('shows an order that was just placed', () => {
    const { lines, totals, orderNumber, reference, shipping, pricing, destination } = order;
    expect(orderAfter()).toEqual({
      orderId: 'o-1',
      orderNumber,
      channel: 'default',
      discounts: [],
      reference,
      status: 'pending',
      lines: lines.map(({ categories: _categories, priceIncludesTax: _price, ...line }) => ({
        ...line,
        quantityShipped: 0,
        quantityCancelled: 0,
      })),
      totals,
      currentTotal: usd(93),
      taxes: [],
      shippingMethod: 'standard',
      shippingCost: shipping,
      pricing,
      destination,
      payment: null,
      tenders: [],
      shipments: [],
      refunds: [],
      attention: [],
      email: 'Ann@Example.com',
      shippingAddress: order.personal?.shippingAddress,
      placedAt: '2026-11-05T12:00:01.000Z',
      version: 0,
    });
  });

  it('shows nothing of a person who is forgotten', () => {
    const document = documentOf({ ...opened, data: { ...order, personal: null } });
    expect(document).toMatchObject({ email: null, emailKey: null, shippingAddress: null });
  });

  it('follows the payment without changing its own version', () => {
    expect(orderAfter(requested)).toMatchObject({
      payment: { paymentId: 'p-1', status: 'requested', authorized: usd(0), captured: usd(0), refunded: usd(0) },
    });
    expect(orderAfter(requested, authorized, confirmed)).toMatchObject({
      status: 'confirmed',
      payment: { status: 'authorized', authorized: usd(93) },
      version: 1,
    });
    const voided: PaymentEvent = { type: 'payment.voided.v1', data: { ...said, amount: usd(93), requested: true } };
    expect(orderAfter(requested, authorized, voided).payment).toMatchObject({ status: 'voided', authorized: usd(0) });
  });

  it('says why it was rejected', () => {
    const lines = [{ sku: 'tea', requested: 3, available: 1 }];
    const rejection = { code: 'INVENTORY.INSUFFICIENT_STOCK', detail: 'Too little tea.', lines };
    const rejected: OrderEvent = { type: 'order.rejected.v1', data: { orderId: 'o-1', ...rejection } };
    expect(orderAfter(rejected)).toMatchObject({ status: 'rejected', rejection, payment: null });
  });

  it('shows a shipment from its creation, then as the carrier took and delivered it', () => {
    const booked: ShippingEvent = {
      type: 'shipment.booked.v1',
      data: { shipmentId: 's-1', orderId: 'o-1', lines: [], carrier: 'ups', trackingNumber: '1Z' },
    };
    expect(orderAfter(confirmed, shipped('s-1', false))).toMatchObject({
      status: 'partially-shipped',
      shipments: [{ shipmentId: 's-1', status: 'created', lines: [oneTea] }],
      version: 2,
    });
    expect(orderAfter(confirmed, shipped('s-1', true), booked)).toMatchObject({
      status: 'shipped',
      shipments: [{ status: 'booked', carrier: 'ups', trackingNumber: '1Z' }],
      version: 2,
    });
    expect(orderAfter(confirmed, shipped('s-1', true), delivered('s-1', true), booked)).toMatchObject({
      status: 'delivered',
      shipments: [{ status: 'delivered', carrier: 'ups' }],
    });
  });

  it('ends cancelled when nothing had shipped, else as far as what had shipped has come', () => {
    expect(orderAfter(confirmed, cancelled(true)).status).toBe('cancelled');
    expect(orderAfter(confirmed, shipped('s-1', false), cancelled(false)).status).toBe('shipped');
    const onItsWay = [confirmed, shipped('s-1', false), delivered('s-1', false)];
    expect(orderAfter(...onItsWay, cancelled(false)).status).toBe('delivered');
  });

  it('says of each line what shipped and what was cancelled, and what the order costs without that', () => {
    const line = (n: number, ...events: readonly AnyEvent[]) => {
      const { quantityShipped, quantityCancelled } = orderAfter(confirmed, ...events).lines[n] ?? {};
      return [quantityShipped, quantityCancelled];
    };
    const cancelling: OrderEvent = {
      type: 'order.cancellation-requested.v1',
      data: { orderId: 'o-1', personId: 'x', reason: 'late', confirmed: true, lines: [], remaining: usd(15) },
    };
    expect(line(0, shipped('s-1', false), shipped('s-2', false))).toEqual([2, 0]);
    const partly = [shipped('s-1', false), cancelling, cancelled(false)];
    expect([line(0, ...partly), line(1, ...partly)]).toEqual([
      [1, 2],
      [0, 2],
    ]);
    expect(orderAfter(confirmed, ...partly)).toMatchObject({ currentTotal: usd(15), totals: { total: usd(93) } });
  });

  it('shows the billing address where one was given', () => {
    const shippingAddress = { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' };
    const personal = { email: 'a@b.de', shippingAddress, billingAddress: { ...shippingAddress, name: 'Firm' } };
    expect(documentOf({ ...opened, data: { ...order, personal } })).toMatchObject({ billingAddress: { name: 'Firm' } });
    expect(orderAfter()).not.toHaveProperty('billingAddress');
  });

  it('tells until when money is held, as long as it is', () => {
    const held: PaymentEvent = {
      ...authorized,
      data: { ...said, amount: usd(93), expiresAt: '2026-11-12T12:00:00.000Z' },
    };
    expect(orderAfter(requested, held).payment).toMatchObject({ expiresAt: '2026-11-12T12:00:00.000Z' });
    const captured: PaymentEvent = {
      type: 'payment.captured.v1',
      data: { ...said, captureId: 'c', amount: usd(93), final: true, authorized: usd(93) },
    };
    const voided: PaymentEvent = { type: 'payment.voided.v1', data: { ...said, amount: usd(93), requested: true } };
    for (const end of [captured, voided]) {
      expect(orderAfter(requested, held, end).payment).not.toHaveProperty('expiresAt');
    }
  });

  it('tells what the buyer has to do, until the provider has decided', () => {
    const action = { type: 'redirect', url: 'https://bank.example/confirm' } as const;
    const required: PaymentEvent = { type: 'payment.action-required.v1', data: { ...said, personId: 'x', action } };
    expect(orderAfter(requested, required).payment).toMatchObject({ status: 'requested', action });
    const failed: PaymentEvent = { type: 'payment.failed.v1', data: { ...of, ...no } };
    for (const end of [authorized, declined, failed]) {
      expect(orderAfter(requested, required, end).payment).not.toHaveProperty('action');
    }
  });

  it('shows the last try at what it is paid by first, whatever is heard of the others', () => {
    const other = (attempt: number, tender = 1): PaymentEvent => ({
      ...requested,
      data: { ...requested.data, paymentId: `p-${tender}-${attempt}`, tender, attempt },
    });
    const tried = orderAfter(requested, declined, other(2), authorized).payment;
    expect(tried).toMatchObject({ paymentId: 'p-1-2', status: 'requested', authorized: usd(0) });
    expect(orderAfter(requested, other(1, 2), authorized).payment).toMatchObject({
      paymentId: 'p-1',
      status: 'authorized',
    });
  });

  it('has each refund once, however often it was asked for, with its reason for staff alone', () => {
    const refund = { orderId: 'o-1', refundId: 'r-1', amount: usd(5) };
    const asked = (reason: string | null): OrderEvent => {
      return { type: 'order.refund-requested.v1', data: { ...refund, lines: [], personId: 'x', reason } };
    };
    const failed: OrderEvent = { type: 'order.refund-failed.v1', data: { ...refund, code: 'PAYMENT.REFUND_REFUSED' } };
    const paidOut: PaymentEvent = { type: 'payment.refunded.v1', data: { ...said, refundId: 'r-1', amount: usd(5) } };
    const before = [requested, authorized, confirmed];
    expect(orderAfter(...before, asked('bruised'), failed).refunds).toMatchObject([
      { refundId: 'r-1', amount: usd(5), status: 'failed', reason: 'bruised', code: 'PAYMENT.REFUND_REFUSED' },
    ]);
    const again = [...before, asked('bruised'), failed, asked(null), paidOut];
    expect(orderAfter(...again).refunds).toEqual([
      { refundId: 'r-1', amount: usd(5), status: 'refunded', reason: 'bruised', requestedAt: expect.any(String) },
    ]);
    expect(buyersOrderView(documentOf(opened, ...again)).refunds).toEqual([
      { refundId: 'r-1', amount: usd(5), status: 'refunded', requestedAt: expect.any(String) },
    ]);
  });

  it('says to staff alone why it needs a person, and is found by that as long as it does', () => {
    const flag = { orderId: 'o-1', code: 'PAYMENT.CAPTURE_FAILED' } as const;
    const needed: OrderEvent = { type: 'order.attention-needed.v1', data: { ...flag, detail: 'Refused.' } };
    const other: OrderEvent = {
      type: 'order.attention-needed.v1',
      data: { ...flag, code: 'PAYMENT.REFUND_FAILED', detail: 'Refused.', refundId: 'r-1' },
    };
    const resolved: OrderEvent = { type: 'order.attention-resolved.v1', data: flag };
    const flagged = documentOf(opened, confirmed, needed, other);
    expect(staffOrderView(flagged)).toMatchObject({
      attention: [
        { reason: 'capture-failed', detail: 'Refused.', since: '2026-11-05T12:00:03.000Z' },
        { reason: 'refund-failed', refundId: 'r-1' },
        { reason: 'saga-stuck', since: '2026-11-05T12:00:03.000Z' },
      ],
      version: 3,
    });
    expect(flagged.needsAttention).toBe(true);
    expect(buyersOrderView(flagged)).not.toHaveProperty('attention');
    expect(documentOf(opened, confirmed, needed, other, resolved).attention).toMatchObject([
      { code: 'PAYMENT.REFUND_FAILED' },
    ]);
    expect(documentOf(opened, confirmed, needed, resolved)).not.toHaveProperty('needsAttention');
  });

  it.each(['abcd-efgh-jk', 'ABCDEFGHJK', ' abcd efgh jk ', 'ＡＢＣＤ–ＥＦＧＨ—JK'])(
    'is found by its number as people write it: %j',
    (written) => expect(numberKey(written)).toBe(documentOf(opened).numberKey),
  );

  it('takes letters that its number never has for the digits that they look like', () => {
    expect(numberKey('OIL0-11')).toBe(numberKey('0110-11'));
  });

  it('is found by its e-mail whatever its case, and shows neither that key nor whose it is', () => {
    expect(documentOf(opened)).toMatchObject({ emailKey: 'ann@example.com', customerId: 'ann' });
    expect(Object.keys(orderAfter())).not.toEqual(expect.arrayContaining(['emailKey']));
    expect(Object.keys(orderAfter())).not.toEqual(expect.arrayContaining(['customerId']));
    expect(Object.keys(orderAfter())).not.toEqual(expect.arrayContaining(['numberKey']));
  });

  it('never differs from what the writes answer', () => {
    const units = fc.integer({ min: 0, max: 3 });
    const command: fc.Arbitrary<OrderCommand> = fc.oneof(
      fc.constantFrom<OrderCommand>(
        { type: 'confirm-order' },
        { type: 'reject-order', code: 'PAYMENT.DECLINED', detail: 'Declined.' },
        { type: 'request-cancellation', reason: 'changed my mind' },
        { type: 'cancel-order' },
        { type: 'create-shipment', createdAt },
        { type: 'complete-order' },
      ),
      fc.tuple(units, units).map(([tea, pot]): OrderCommand => ({
        type: 'create-shipment',
        createdAt,
        lines: [
          { sku: 'tea', quantity: tea },
          { sku: 'pot', quantity: pot },
        ],
        carrier: 'ups',
      })),
      fc.integer({ min: 1, max: 3 }).map((n): OrderCommand => ({
        type: 'deliver-shipment',
        shipmentId: `o-1.${n}`,
        deliveredAt: '2026-11-06T00:00:00.000Z',
        now: '2026-11-06T00:00:00.000Z',
      })),
    );
    const begun = fc.constantFrom<readonly OrderCommand[]>([], [{ type: 'confirm-order' }]);
    fc.assert(
      fc.property(begun, fc.array(command, { maxLength: 15 }), (first, commands) => {
        const { state, events } = decideAll(orderDecider, [{ type: 'open-order', order }, ...first, ...commands]);
        expect(documentOf(...events)).toMatchObject({ ...orderAnswer(state), version: events.length - 1 });
      }),
      { numRuns: 300 },
    );
  });
});
