export { CheckoutReader } from './checkout-reader.js';
export * from './commands.js';
export { consignmentBooking } from './consignment-booking.js';
export { execute, toDispatched, type Effect } from './effect.js';
export { orderOpening } from './order-opening.js';
export { paymentGateway } from './payment-gateway.js';
export { stockReservation } from './stock-reservation.js';
export { unlessNothing } from './nothing-to-pay.js';
