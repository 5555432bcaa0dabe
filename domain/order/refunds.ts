import { accept, allocate, money, subtractMoney, zero } from '../shared/index.js';
import type { Decision, GiftCardShare, Money, RefundedLine, Refused, TaxedAmount } from '../shared/index.js';
import * as refusal from './refusals.js';
import { outdatedRefundFlags, refundFlag } from './attention.js';
import type { FailRefund, RequestRefund } from './commands.js';
import { capturedInAll, toCards } from './tenders.js';
import type { OrderEvent } from './events.js';
import { reclaimsFor, sellsCards } from './bought-cards.js';
import { shippedParts, wholeLines } from './lines.js';
import { isConfirmed } from './state.js';
import type { ConfirmedOrder, Order, OrderRefund } from './state.js';

type Decided = Decision<OrderEvent>;

/** Requests a refund. The order limits its refunds by its own stream, which may be ahead of the payment's. */
export function requestRefund(command: RequestRefund, state: Order): Decided {
  const { refundId, reason } = command;
  const captured = capturedInAll(command);
  const { orderId, personId, currency } = state.order;
  const given = [captured, command.amount ?? captured].find((each) => each.currency !== currency);
  if (given !== undefined) return refusal.currencyMismatch(currency, given.currency);
  if (!isConfirmed(state)) return refusal.refundExceedsCaptured(zero(currency));
  if (state.refunds.has(refundId)) return accept();
  const left = money(Math.max(0, captured.amount - state.refunded), currency);
  const amount = command.amount ?? left;
  if (command.amount !== undefined && !isPositive(command.amount)) return refusal.refundEmpty();
  if (amount.amount === 0 || amount.amount > left.amount) return refusal.refundExceedsCaptured(left);
  const spread = refundParts(state, amount, command.bought);
  if (!spread.accepted) return spread;
  const parts = { ...spread.parts, ...toCards(state.refunds.values(), command, amount) };
  const data = { orderId, refundId, amount, ...parts, personId, reason };
  const requested: OrderEvent = { type: 'order.refund-requested.v1', data };
  return accept<OrderEvent>(requested, ...outdatedRefundFlags(state, left.amount - amount.amount));
}

const isPositive = ({ amount }: Money): boolean => Number.isSafeInteger(amount) && amount > 0;

export function failRefund({ refundId, code }: FailRefund, state: Order): Decided {
  const refund = isConfirmed(state) ? state.refunds.get(refundId) : undefined;
  if (!isConfirmed(state) || refund === undefined) return refusal.refundNotFound();
  if (refund.failed) return accept();
  const { orderId } = state.order;
  const failed: OrderEvent = {
    type: 'order.refund-failed.v1',
    data: { orderId, refundId, amount: refund.amount, code },
  };
  return accept<OrderEvent>(failed, ...refundFlag(state, refundId, code));
}

interface RefundParts {
  readonly lines: readonly RefundedLine[];
  readonly shipping?: TaxedAmount;
  readonly reclaims?: readonly GiftCardShare[];
}
type Spread = { readonly accepted: true; readonly parts: RefundParts } | Refused;

/**
 * Says what of a refund goes to what. Where gift cards were bought, goods and shipping are refunded first, so that a refund takes off
 * the cards only what they alone can bear.
 */
function refundParts(state: ConfirmedOrder, amount: Money, bought: RequestRefund['bought']): Spread {
  if (!sellsCards(state)) return { accepted: true, parts: goodsParts(state, amount) };
  const ofGoods = unrefunded(state, shippedParts(state), state.shipments.size > 0);
  const goods = Math.min(
    amount.amount,
    ofGoods.reduce((sum, { gross }) => sum + gross, 0),
  );
  const rest = amount.amount - goods;
  const { lines, ...parts } = goodsParts(state, money(goods, amount.currency));
  if (rest === 0) return { accepted: true, parts: { lines, ...parts } };
  const cards = reclaimsFor(state, { rest, goods }, bought);
  if (!cards.accepted) return cards;
  const all = [...lines, ...cards.lines];
  const inOrder = state.order.lines.flatMap(({ lineId }) => all.filter((line) => line.lineId === lineId));
  return { accepted: true, parts: { lines: inOrder, ...parts, reclaims: cards.reclaims } };
}

/**
 * Spreads a refund that names no lines over what can still be given back: what shipped and its shipping, less the refunds that did
 * not fail, by largest remainder. Of each it gives back the tax that is in it, so that the last refund leaves none over.
 */
function goodsParts(state: ConfirmedOrder, amount: Money): RefundParts {
  const left = leftOf(state, amount);
  const given = allocate(amount, weightsOf(state, left));
  const lines: RefundedLine[] = [];
  for (const [index, { lineId, sku }] of state.order.lines.entries()) {
    const part = partOf(left[index], given[index]);
    if (part !== null) lines.push({ lineId, sku, ...part });
  }
  const shipping = partOf(left.at(-1), given.at(-1));
  return shipping === null ? { lines } : { lines, shipping };
}

/** Gross and tax, minor units. */
interface Amounts {
  readonly gross: number;
  readonly tax: number;
}

/** By line, shipping last. */
function leftOf(state: ConfirmedOrder, amount: Money): readonly Amounts[] {
  const shipped = unrefunded(state, shippedParts(state), state.shipments.size > 0);
  const sum = shipped.reduce((all, { gross }) => all + gross, 0);
  // Captured was more than what has shipped: then it was for the whole order.
  return sum >= amount.amount ? shipped : unrefunded(state, wholeLines(state), true);
}

function unrefunded(
  { order, refunds }: ConfirmedOrder,
  parts: readonly (TaxedAmount & { readonly lineId: string })[],
  withShipping: boolean,
): readonly Amounts[] {
  const { gross, net } = order.shipping;
  const shipping = withShipping ? [{ gross, tax: subtractMoney(gross, net) }] : [];
  const asked = [...refunds.values()].filter(({ failed }) => !failed);
  const ofLines = order.lines.map(({ lineId }) =>
    difference(
      parts.filter((part) => part.lineId === lineId),
      asked.flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId)),
    ),
  );
  return [...ofLines, difference(shipping, asked.flatMap(shippingOf))];
}

const shippingOf = ({ shipping }: OrderRefund): readonly TaxedAmount[] => (shipping === undefined ? [] : [shipping]);

type Sum = Pick<TaxedAmount, 'gross' | 'tax'>;

function difference(all: readonly Sum[], taken: readonly Sum[]): Amounts {
  let [gross, tax] = [0, 0];
  for (const one of all) [gross, tax] = [gross + one.gross.amount, tax + one.tax.amount];
  for (const one of taken) [gross, tax] = [gross - one.gross.amount, tax - one.tax.amount];
  return { gross: Math.max(0, gross), tax: Math.max(0, tax) };
}

/** Money that was captured beyond all prices is spread as the prices were. */
function weightsOf({ order }: ConfirmedOrder, left: readonly Amounts[]): readonly number[] {
  if (left.some(({ gross }) => gross > 0)) return left.map(({ gross }) => gross);
  const placed = [...order.lines.map(({ gross }) => gross.amount), order.shipping.gross.amount];
  return placed.some((gross) => gross > 0) ? placed : placed.map(() => 1);
}

/** Null where nothing is given back of it. */
function partOf(left: Amounts | undefined, gross: Money | undefined): TaxedAmount | null {
  if (left === undefined || gross === undefined || gross.amount === 0) return null;
  const { currency } = gross;
  const kept = Math.max(0, left.gross - gross.amount);
  const [tax = zero(currency)] = allocate(money(left.tax, currency), [gross.amount, kept]);
  return { net: subtractMoney(gross, tax), tax, gross };
}
