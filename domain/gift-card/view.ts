import { Money, someMoney } from '../shared/money.js';
import type { Refused } from '../shared/decider.js';
import { choice, count, described, listOf, named, object, optional, text, time } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { GiftCardEvent } from './events.js';
import { unspendable } from './decider.js';
import type { GiftCard, GiftCardState } from './state.js';

export const GIFT_CARD_STATUSES = ['active', 'blocked', 'expired'] as const;
export type GiftCardStatus = (typeof GIFT_CARD_STATUSES)[number];

const giftCardId = text('Id of the card, which does not tell its code.', '5f1c9a2e7b3d4860af12c4d59e6b7081');
const balance = someMoney('What can be spent; a hold takes from it.', 2500);
const status = choice(GIFT_CARD_STATUSES, 'Whether it can be spent.', 'active');
const expiresAt = optional(time('From when on it cannot be spent; absent: never.', '2028-03-01T00:00:00.000Z'));

/** What whoever has the code is shown. */
export const GiftCardBalance = named(
  'GiftCardBalance',
  object({ balance, status, expiresAt }, 'What is on a gift card.'),
);
export type GiftCardBalance = Of<typeof GiftCardBalance>;

const card = {
  giftCardId,
  status,
  issued: someMoney('What it was issued with.', 5000),
  balance,
  held: someMoney('What orders hold of it.', 1500),
  expiresAt,
  note: optional(text('Why it was issued.', 'Goodwill for a late parcel')),
  orderId: optional(text('The order that it was bought with; absent where staff issued it.', '0Q7B2M4N6P8R')),
};

const version = count('How often it has changed, also its ETag.', 0);

/** A card as staff is shown it. */
export const GiftCardView = named('GiftCard', object({ ...card, version }, 'A gift card.'));
export type GiftCardView = Of<typeof GiftCardView>;

/** A card in a list. */
export const GiftCardSummary = named(
  'GiftCardSummary',
  object({ ...card, issuedAt: time('When it was issued.'), version }, 'A gift card of a list.'),
);
export type GiftCardSummary = Of<typeof GiftCardSummary>;

/** A card with its code, for who issued it. */
export const IssuedGiftCard = named(
  'IssuedGiftCard',
  object(
    {
      ...card,
      code: text('What opens the card; shown here alone.', '7KQ2-M9XD-40F3-TB6Z'),
      version,
    },
    'A gift card that was just issued.',
  ),
);
export type IssuedGiftCard = Of<typeof IssuedGiftCard>;

export const LEDGER_KINDS = [
  'issue',
  'hold',
  'capture',
  'release',
  'refund',
  'reclaim',
  'reinstatement',
  'adjustment',
  'block',
  'expiry',
] as const;

const MoneyChange = named(
  'MoneyChange',
  object(Money.fields, 'An amount of money that is added, or below 0 taken away.'),
);

export const LedgerEntry = named(
  'GiftCardEntry',
  object(
    {
      at: time('When it was recorded.'),
      kind: choice(LEDGER_KINDS, 'What happened.', 'hold'),
      amount: described(MoneyChange, 'Its effect on the balance; 0 of a capture, as the hold took it already.', {
        amount: -1500,
        currency: 'USD',
      }),
      orderId: optional(text('The order that it was for.', '0Q7B2M4N6P8R')),
      captured: optional(someMoney('What a capture took of what was held.', 1500)),
      reason: optional(text('Why, where somebody said so.', 'Counted twice')),
      balanceAfter: someMoney('What could be spent after it.', 2500),
    },
    'A change of a gift card.',
  ),
);
export type LedgerEntry = Of<typeof LedgerEntry>;

export const GiftCardLedger = named(
  'GiftCardLedger',
  object(
    { ...card, entries: listOf(LedgerEntry, 'From the first to the last; their amounts sum to the balance.'), version },
    'A gift card with all that happened to it.',
  ),
);
export type GiftCardLedger = Of<typeof GiftCardLedger>;

/** What a checkout has to know of a card that is to pay. */
export interface SpendableCard {
  readonly balance: Money;
  /** Why nothing of it can be spent in this currency; absent where something can. */
  readonly refused?: Refused;
}

/** Null where the card was never issued. */
export function spendableCard({ card: issued }: GiftCardState, currency: string): SpendableCard | null {
  if (issued === null) return null;
  const refused = unspendable(issued, currency);
  const balance = { amount: issued.balance, currency: issued.currency };
  return refused === undefined ? { balance } : { balance, refused };
}

/** What an order has of a card. */
export interface CardOfOrder {
  readonly held: number;
  readonly captured: number;
  readonly refunded: number;
}

/** What a refund of the sale of a card has to know of it, in minor units. */
export interface ReclaimableCard {
  readonly balance: number;
  /** What refunds have taken off it so far. */
  readonly reclaimed: number;
}

/** All is 0 where the card was never issued. */
export function reclaimableCard({ card: issued }: GiftCardState): ReclaimableCard {
  let reclaimed = 0;
  for (const amount of issued?.reclaims.values() ?? []) reclaimed += amount;
  return { balance: issued?.balance ?? 0, reclaimed };
}

/** All is 0 where the order has nothing of it. */
export function cardOfOrder({ card: issued }: GiftCardState, orderId: string): CardOfOrder {
  const { held, captured, refunded } = issued?.orders.get(orderId) ?? { held: 0, captured: 0, refunded: 0 };
  return { held, captured, refunded };
}

/** What has expired cannot be spent, blocked or not. */
export const statusOf = ({ isBlocked, hasExpired }: GiftCard): GiftCardStatus =>
  hasExpired ? 'expired' : isBlocked ? 'blocked' : 'active';

export const balanceView = (card: GiftCard): GiftCardBalance => ({
  balance: { amount: card.balance, currency: card.currency },
  status: statusOf(card),
  ...(card.expiresAt === null ? {} : { expiresAt: card.expiresAt }),
});

export function giftCardView(card: GiftCard, version: number): GiftCardView {
  const { giftCardId, issued, held, currency, note, boughtWith } = card;
  return {
    giftCardId,
    ...balanceView(card),
    issued: { amount: issued, currency },
    held: { amount: held, currency },
    ...(note === null ? {} : { note }),
    ...(boughtWith === null ? {} : { orderId: boughtWith }),
    version,
  };
}

/** The entry of an event in the ledger; null where it changes nothing that a ledger shows. */
export function ledgerEntry(event: GiftCardEvent, at: string): LedgerEntry | null {
  if (event.type === 'gift-card.hold-closed.v1' || isCalledOff(event)) return null;
  const { balance } = event.data;
  const kind = kindOf(event.type);
  const entry = { at, kind, amount: effectOf(event), ...details(event), balanceAfter: balance };
  return LedgerEntry.pick(entry);
}

/** Nothing had been reclaimed, and nothing was put back. */
const isCalledOff = ({ type, data }: GiftCardEvent): boolean =>
  type === 'gift-card.reinstated.v1' && data.amount.amount === 0;

type Shown = Exclude<GiftCardEvent, { readonly type: 'gift-card.hold-closed.v1' }>;

const KINDS = {
  'gift-card.issued.v1': 'issue',
  'gift-card.held.v1': 'hold',
  'gift-card.captured.v1': 'capture',
  'gift-card.released.v1': 'release',
  'gift-card.refunded.v1': 'refund',
  'gift-card.reclaimed.v1': 'reclaim',
  'gift-card.reinstated.v1': 'reinstatement',
  'gift-card.adjusted.v1': 'adjustment',
  'gift-card.blocked.v1': 'block',
  'gift-card.expired.v1': 'expiry',
} as const satisfies Record<Shown['type'], LedgerEntry['kind']>;

const kindOf = (type: Shown['type']): LedgerEntry['kind'] => KINDS[type];

function effectOf({ type, data }: Shown): LedgerEntry['amount'] {
  const { currency } = data.balance;
  switch (type) {
    case 'gift-card.held.v1':
    case 'gift-card.reclaimed.v1':
    case 'gift-card.expired.v1':
      return { amount: 0 - data.amount.amount, currency };
    case 'gift-card.captured.v1':
    case 'gift-card.blocked.v1':
      return { amount: 0, currency };
    default:
      return data.amount;
  }
}

function details({ type, data }: Shown): Partial<LedgerEntry> {
  return {
    ...('orderId' in data ? { orderId: data.orderId } : {}),
    ...(type === 'gift-card.captured.v1' ? { captured: data.amount } : {}),
    ...('reason' in data && data.reason !== undefined ? { reason: data.reason } : {}),
  };
}
