import { told } from '../../infra/engine/projections/explains.js';
import type { Explains } from '../../infra/engine/projections/explains.js';
import { lineRules, shippingRules, totalsRules } from '../shared/priced-fields.js';

const placed = told('As the order was placed.');
const personal = told('As the buyer said when the order was placed; nothing once the person is forgotten.');

/** How the fields of an order came about, as staff sees it. */
export const orderFields: Explains = {
  elements: {
    '/attention': ['reason', 'code', 'refundId'],
    '/lines': ['lineId'],
    '/refunds': ['refundId'],
    '/shipments': ['shipmentId'],
    '/shipments/*/lines': ['lineId'],
    '/tenders': ['giftCardId', 'paymentId'],
  },
  fields: {
    ...lineRules('/lines'),
    '/lines/*/quantityShipped': told('Units of the line in the shipments that were made.'),
    '/lines/*/quantityCancelled': told('Units that were open when the cancellation was asked for.'),
    ...shippingRules,
    ...totalsRules('/lines', ['/taxes']),
    '/currentTotal': told('The total as placed, less what was cancelled; nothing of an order that was rejected.'),
    '/status': told('What moved the order on last.'),
    '/version': told('Each event of the order’s own stream adds one, from 0.'),
    '/placedAt': told('When the order was opened.'),
    '/payment': told('As the payment at the provider went: what was asked of it, and what it answered.'),
    '/payment/authorized': told('What the provider holds or took: set when it answers, 0 once it let go.'),
    '/payment/captured': told('What the provider took.'),
    '/payment/refunded': told('Sum of what the provider gave back.'),
    '/tenders': told('As gift cards and the provider went: what each holds, took and gave back.'),
    '/shipments': told('As the shipment was made, booked with its carrier and delivered.'),
    '/refunds': told('As the refund was asked for, and what came of it.'),
    '/giftCards': told('As the cards were issued that were bought.'),
    '/attention': told('As somebody was asked for; it goes once that is seen to.'),
    '/rejection': told('Why the checkout came to nothing.'),
    '/email': personal,
    '/shippingAddress': personal,
    '/billingAddress': personal,
    '/orderId': placed,
    '/orderNumber': placed,
    '/reference': placed,
    '/channel': placed,
    '/discounts': placed,
    '/taxes': told('Taxes of lines and shipping of one rate, as the order was placed.'),
    '/shippingMethod': placed,
    '/pricing': placed,
    '/destination': placed,
  },
};
