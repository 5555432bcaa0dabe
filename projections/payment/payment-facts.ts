import type { PaymentEvent, PaymentFact } from '../../domain/payment/index.js';

/** What a fact may carry; keys, tokens and persons stay in the log. */
const TOLD = ['amount', 'code', 'detail', 'refundId', 'reference', 'reason', 'respondBy', 'outcome'] as const;
type Told = { readonly [Name in (typeof TOLD)[number]]?: PaymentFact[Name] | null };

export function factOf({ type, data, at }: PaymentEvent & { readonly at: string }): PaymentFact {
  const said: Told = data;
  const told = TOLD.flatMap((name) => {
    const value = said[name];
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return { type: factType(type), at, ...Object.fromEntries(told) };
}

/** `payment.capture-requested.v1` → `capture-requested`. */
const factType = (eventType: string): string => eventType.slice(eventType.indexOf('.') + 1, eventType.lastIndexOf('.'));
