import type { ReserveStock } from '../../domain/inventory/index.js';
import type { ShortLine, SkuQuantity } from '../../domain/shared/index.js';
import type { SagaCommand } from '../saga.js';
import type { CheckoutState, Failure } from './state.js';

// The commands of a checkout, each beside its compensation. A compensation is satisfied where there is nothing to undo, so a
// checkout that fails compensates all that it may have done without knowing how far it came.

export const OPEN_ORDER = 'open-order';
export const AUTHORIZE = 'authorize';
export const FAIL_PAYMENT = 'fail-payment';
export const CONFIRM = 'confirm';
export const VOID_LATE = 'void-late';

type HoldTerms = Pick<ReserveStock, 'expiresAt' | 'client'>;

/** Reserves stock with one hold a SKU, whose expiry is this saga's timer. */
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

/** Gives back what is held, and has what was refused stay so: another runner may still send the reservation. */
export const release = ({ orderId, skus, expiresAt }: CheckoutState, { code }: Failure): SagaCommand[] =>
  skus.map((sku) => ({
    key: `release:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'release-stock', sku, orderId, reason: code, ...(expiresAt === undefined ? {} : { expiresAt }) },
  }));

/** Authorises the payment; the same command again asks the provider again, with the same key. */
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

export const voidMoney = ({ orderId, paymentId }: CheckoutState, key: string, reason: string): SagaCommand => ({
  key,
  target: 'payment-gateway',
  id: paymentId,
  command: { type: 'void', orderId, reason },
});

/** Reopens the cart, which was checked out before this saga began. */
export const reopenCart = ({ source, orderId }: CheckoutState, { code }: Failure): SagaCommand => ({
  key: 'reopen-cart',
  target: 'cart',
  id: source.cartId,
  command: { type: 'reopen-cart', orderId, code },
});

/**
 * Opens the order. Its compensation, the rejection, comes last and names what failed, not what was undone last; an order whose
 * cancellation was requested takes it as that.
 */
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

/** Lists every SKU that was short, in the order of the lines; the sentence names the first ones. */
function shortage({ skus, short }: CheckoutState): { readonly detail: string; readonly lines: readonly ShortLine[] } {
  const lines = short.toSorted((a, b) => skus.indexOf(a.sku) - skus.indexOf(b.sku));
  const named = lines
    .slice(0, NAMED)
    .map(({ sku, requested, available }) => `${sku} (${requested} asked for, ${available} available)`);
  const others = lines.length > NAMED ? ` and ${lines.length - NAMED} more` : '';
  return { detail: `There is too little of ${named.join(', ')}${others}.`, lines };
}
