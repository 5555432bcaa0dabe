import { IssuedCard, SoldLine } from '../../domain/order/index.js';
import type { OrderEvent } from '../../domain/order/index.js';
import { outwardOf } from './definition.js';
import { PricingBasis } from '../../domain/pricing/index.js';
import {
  AppliedTax,
  LinePart,
  Money,
  PricedLine,
  PricedShipping,
  PromotionDiscount,
  RefundedLine,
  ShortLine,
  someMoney,
  TaxDestination,
  TaxedAmount,
  Totals,
} from '../../domain/shared/index.js';
import { errorCode, flag, listOf, object, optional, text, time } from '../../domain/shared/schema.js';

const told = outwardOf<OrderEvent>();
const orderId = text();
const tender = object({ giftCardId: text('does not tell the code'), amount: Money });
const { options: _options, components: _components, ...toldLine } = PricedLine.fields;

// Left out: who ordered (sealed, and the ids of person and customer), and reasons in somebody's own words.

export const orderEvents = [
  told('order.opened.v1', {
    description: 'A checkout was accepted; stock and payment are being seen to.',
    data: object({
      orderId,
      orderNumber: text('short and speakable'),
      cartId: text(),
      reference: optional(text('what the client gave the cart')),
      currency: text('ISO 4217'),
      lines: listOf(object(toldLine)),
      shipping: PricedShipping,
      totals: Totals,
      channel: optional(text('code of the channel that it was sold in; `default` where there is none')),
      discounts: optional(listOf(PromotionDiscount, 'what promotions took off, by promotion and level')),
      taxes: listOf(AppliedTax, 'of lines and shipping, by rate'),
      pricing: PricingBasis,
      destination: TaxDestination,
      paymentId: text(),
      tenders: optional(listOf(tender, 'what gift cards pay; the payment is of the rest')),
    }),
  }),
  told('order.confirmed.v1', {
    description: 'Stock is held and money authorised.',
    data: object({ orderId, lines: listOf(SoldLine) }),
  }),
  told('order.rejected.v1', {
    description: 'The checkout failed; stock, money and cart have been let go.',
    data: object({
      orderId,
      code: errorCode('stable, such as PAYMENT.DECLINED'),
      lines: optional(listOf(ShortLine, 'every SKU that was short, where stock was the reason')),
    }),
  }),
  told('order.cancellation-requested.v1', {
    description: 'The open lines are not to be shipped any more.',
    data: object({
      orderId,
      lines: listOf(LinePart, 'what was open'),
      remaining: someMoney('what the order costs without them'),
    }),
  }),
  told('order.cancelled.v1', {
    description: 'The open lines are gone, with their stock and money.',
    data: object({
      orderId,
      lines: listOf(SoldLine, 'empty where the order had not been confirmed'),
      wholly: flag('nothing had shipped'),
      kept: optional(listOf(SoldLine, 'what had shipped and stays sold')),
    }),
  }),
  told('order.shipment-created.v1', {
    description: 'Units are to leave the house.',
    data: object({
      orderId,
      shipmentId: text(),
      lines: listOf(LinePart),
      carrier: optional(text()),
      trackingNumber: optional(text()),
      complete: flag('no open line is left'),
    }),
  }),
  told('order.shipment-delivered.v1', {
    description: 'A shipment was handed over.',
    data: object({
      orderId,
      shipmentId: text(),
      deliveredAt: time(),
      complete: flag('everything that was to be shipped has been delivered'),
    }),
  }),
  told('order.gift-cards-issued.v1', {
    description: 'The gift cards that were bought are there: their codes can be sent to the buyer.',
    data: object({ orderId, cards: listOf(IssuedCard) }),
  }),
  told('order.completed.v1', {
    description: 'Captured and delivered; of gift cards alone, captured and issued.',
    data: object({ orderId }),
  }),
  told('order.refund-requested.v1', {
    description: 'Money is to go back.',
    data: object({
      orderId,
      refundId: text(),
      amount: someMoney('the sum of what is given back of lines and shipping'),
      lines: listOf(RefundedLine),
      shipping: optional(TaxedAmount),
      tenders: optional(listOf(tender, 'what of it goes to gift cards')),
      reclaims: optional(listOf(tender, 'what is taken off gift cards that were bought with the order')),
    }),
  }),
  told('order.refund-failed.v1', {
    description: 'The provider refused a refund for good; it may be asked for again.',
    data: object({ orderId, refundId: text(), amount: Money, code: text() }),
  }),
];
