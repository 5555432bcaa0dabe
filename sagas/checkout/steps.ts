import type { ReserveStock } from '../../domain/inventory/index.js';
import type { ShortLine, SkuQuantity } from '../../domain/shared/index.js';
import type { SagaCommand } from '../saga.js';
import type { CheckoutState, Failure } from './state.js';

// What a checkout does, each step beside what undoes it. Undoing is satisfied where there is nothing to undo, so a
// checkout that fails undoes all that it may have done without knowing how far it came.

export const OPEN_ORDER = 'open-order';
export const AUTHORIZE = 'authorize';
export const FAIL_PAYMENT = 'fail-payment';
export const CONFIRM = 'confirm';
export const VOID_LATE = 'void-late';

type HoldTerms = Pick<ReserveStock, 'expiresAt' | 'client'>;

/** Stock: one hold a SKU, with an expiry that is this saga's timer. */
export function reserve(state: CheckoutState, lines: readonly SkuQuantity[], terms: HoldTerms): SagaCommand[] {
  const { orderId } = state;
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, quantity]) => ({
    key: `reserve:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'reserve-stock', sku, orderId, quantity, ...terms },
  }));
}

export const release = ({ orderId, skus }: CheckoutState, { code }: Failure): SagaCommand[] =>
  skus.map((sku) => ({
    key: `release:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'release-stock', sku, orderId, reason: code },
  }));

/** Money: the same command again asks again, with the same key of the provider. */
export const authorize = ({ paymentId, orderId, amount, source, askBy }: CheckoutState): SagaCommand => ({
  key: AUTHORIZE,
  target: 'payment-gateway',
  id: paymentId,
  command: { type: 'authorize', orderId, amount, source, ...(askBy === null ? {} : { askBy }) },
});

export const failPayment = ({ paymentId }: CheckoutState, { code, detail }: Failure): SagaCommand => ({
  key: FAIL_PAYMENT,
  target: 'payment',
  id: paymentId,
  command: { type: 'fail-payment', code, detail },
});

export const voidMoney = ({ paymentId }: CheckoutState, key: string, reason: string): SagaCommand => ({
  key,
  target: 'payment-gateway',
  id: paymentId,
  command: { type: 'void', reason },
});

/** The cart was checked out before this saga began; it opens again. */
export const reopenCart = ({ source, orderId }: CheckoutState, { code }: Failure): SagaCommand => ({
  key: 'reopen-cart',
  target: 'cart',
  id: source.cartId,
  command: { type: 'reopen-cart', orderId, code },
});

/** The order. Rejecting comes last, for what failed and not for what was undone last; an order that somebody asked to cancel takes it as its cancellation. */
export const openOrder = ({ orderId, source }: CheckoutState): SagaCommand => ({
  key: OPEN_ORDER,
  target: 'order-opening',
  id: orderId,
  command: { type: 'open-order-from-cart', source },
});

export const confirmOrder = ({ orderId }: CheckoutState): SagaCommand => ({
  key: CONFIRM,
  target: 'order',
  id: orderId,
  command: { type: 'confirm-order' },
});

export const rejectOrder = (state: CheckoutState, { code, detail, cause }: Failure): SagaCommand => ({
  key: 'reject',
  ...(cause === undefined ? {} : { causationId: cause }),
  target: 'order',
  id: state.orderId,
  command: { type: 'reject-order', code, ...(code === 'INVENTORY.INSUFFICIENT_STOCK' ? shortage(state) : { detail }) },
});

const NAMED = 3;

/** Every SKU that was short, in the order of the lines; the sentence names the first ones. */
function shortage({ skus, short }: CheckoutState): { readonly detail: string; readonly lines: readonly ShortLine[] } {
  const lines = short.toSorted((a, b) => skus.indexOf(a.sku) - skus.indexOf(b.sku));
  const named = lines
    .slice(0, NAMED)
    .map(({ sku, requested, available }) => `${sku} (${requested} asked for, ${available} available)`);
  const others = lines.length > NAMED ? ` and ${lines.length - NAMED} more` : '';
  return { detail: `There is too little of ${named.join(', ')}${others}.`, lines };
}
