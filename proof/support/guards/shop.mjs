// What guards stock, money, prices and orders: each taken out, a spec has to go red.
const CART = ['domain/cart/checkout.spec.ts'];
const CAPTURE = ['domain/payment/capture.spec.ts'];
const STOCK = ['domain/inventory/decider.spec.ts'];

export const shopGuards = [
  {
    name: 'prices that have changed are never taken silently',
    file: 'domain/cart/decider.ts',
    find: 'if (today.changes.length > 0 && !command.acceptPrices) {',
    replace: 'if (today.changes.length > 99) {',
    specs: CART,
  },
  {
    name: 'a total that is not the expected one is refused',
    file: 'domain/cart/decider.ts',
    find: 'if (command.expectedTotal !== undefined && !sameMoney(command.expectedTotal, total)) {',
    replace: 'if (command.expectedTotal !== undefined && total.amount < 0) {',
    specs: CART,
  },
  {
    name: 'no more is held than there is',
    file: 'domain/inventory/decider.ts',
    find: 'if (available < quantity) return refusal.insufficientStock({ sku, requested: quantity, available });',
    replace: '',
    specs: STOCK,
  },
  {
    name: 'an order that was given nothing holds nothing later',
    file: 'domain/inventory/decider.ts',
    find: 'if (state.closed.has(orderId)) return refusal.holdNotFound();',
    replace: '',
    specs: STOCK,
  },
  {
    name: 'stock is not adjusted below what is held',
    file: 'domain/inventory/decider.ts',
    find: 'if (stock.onHand - stock.reserved + quantity < 0) return refusal.notEnoughAt(command, stock);',
    replace: '',
    specs: STOCK,
  },
  {
    name: 'no more leaves than an order holds',
    file: 'domain/inventory/decider.ts',
    find: 'if (held < quantity) return refusal.commitExceedsHold(held, quantity);',
    replace: '',
    specs: STOCK,
  },
  {
    name: 'a parcel’s units leave once',
    file: 'domain/inventory/decider.ts',
    find: 'if (hold.shipmentIds.includes(shipmentId)) return accept();',
    replace: '',
    specs: STOCK,
  },
  {
    name: 'no more is captured than is authorised',
    file: 'domain/payment/decider.ts',
    find: 'if (amount.amount > authorized.amount) return refusal.captureExceedsAuthorized(authorized, amount);',
    replace: '',
    specs: CAPTURE,
  },
  {
    name: 'no more is refunded than was captured',
    file: 'domain/payment/decider.ts',
    find: 'if (amount.amount > left) return refusal.refundExceedsCaptured(money(left, currency), amount);',
    replace: '',
    specs: CAPTURE,
  },
  {
    name: 'money is not let go while it is taken',
    file: 'domain/payment/decider.ts',
    find: "if (state.status === 'authorized' && state.capture !== null && !state.capture.failed) {\n    return refusal.captureUnderWay();\n  }",
    replace: '',
    specs: ['domain/payment/authorization.spec.ts', ...CAPTURE],
  },
  {
    name: 'an order number opens one cart’s order',
    file: 'domain/order/decider.ts',
    find: 'return state.order.cartId === order.cartId ? accept() : refusal.alreadyOpen();',
    replace: 'return accept();',
    specs: ['domain/order/checkout.spec.ts'],
  },
  {
    name: 'an order that somebody asked to cancel is not confirmed',
    file: 'domain/order/decider.ts',
    find: "if (state.status === 'pending' && state.cancellationRequested) return refusal.cancellationRequested();",
    replace: '',
    specs: ['domain/order/checkout.spec.ts', 'domain/order/cancellation.spec.ts'],
  },
  {
    name: 'no more is shipped than is open',
    file: 'domain/order/fulfilment.ts',
    find: 'if (quantity > left) return refusal.shipmentExceedsOpen(sku, left, quantity);',
    replace: '',
    specs: ['domain/order/fulfilment.spec.ts'],
  },
  {
    name: 'money that comes late is let go',
    file: 'sagas/checkout/checkout.ts',
    find: 'return hasFailed(state) ? phases.voidLateMoney(state) : { state };',
    replace: 'return { state };',
    specs: ['sagas/checkout/checkout.spec.ts'],
  },
  {
    name: 'the provider is not asked before that is recorded',
    file: 'sagas/effects/payment-authorization.ts',
    find: '  await payment.context.unit?.recorded();\n',
    replace: '',
    specs: ['sagas/journeys/inline-steps.journey.spec.ts', 'sagas/journeys/joint-steps.journey.spec.ts'],
  },
  {
    name: 'the provider is asked again with the recorded key',
    file: 'sagas/effects/payment-authorization.ts',
    find: 'if (cause === null) return recordedAttempt(operations, paymentId);',
    replace: '',
    specs: ['sagas/effects/payment-gateway.spec.ts', 'sagas/checkout/checkout.journey.spec.ts'],
  },
];
