import type { GiftCardEvent, GiftCardIssued, GiftCardStatus, GiftCardSummary } from '../../domain/gift-card/index.js';
import type { Money } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel, type Fold } from '../../infra/engine/projections/read-model.js';
import type { Kept } from '../shared/kept.js';

/** A card as lists show it. Id: the giftCardId. */
export interface GiftCardDocument extends Kept<GiftCardSummary> {
  /** Of all its amounts, for look-ups. */
  currency: string;
}

interface OfCard {
  readonly giftCardId: string;
}
interface Change extends OfCard {
  readonly balance: Money;
  readonly amount: Money;
}

const giftCardId = ({ data }: RecordedEvent<OfCard>): string => data.giftCardId;

/** Folds a change of a card, whose balance stands in the event. */
const changed = <Data extends OfCard>(
  change: (card: GiftCardDocument, data: Data) => void,
): Fold<GiftCardDocument, Data> => ({
  key: giftCardId,
  evolve: (doc, event) => {
    const card = existing(doc, event);
    card.version = event.revision;
    change(card, event.data);
    return card;
  },
});

/** Folds a change of the balance that puts so much of its amount on hold, or takes it from there. */
const moved = (held: -1 | 0 | 1, status?: GiftCardStatus) =>
  changed<Change>((card, { balance, amount }) => {
    card.balance = balance;
    card.held = { ...card.held, amount: card.held.amount + held * amount.amount };
    if (status !== undefined) card.status = status;
  });

export const giftCardsReadModel = readModel<GiftCardDocument, GiftCardEvent>({
  name: 'gift-cards',
  version: 2,
  indexes: [
    { name: 'by-issued', fields: ['issuedAt'] },
    { name: 'by-status', fields: ['status', 'issuedAt'] },
    { name: 'by-currency', fields: ['currency', 'issuedAt'] },
  ],
  on: {
    'gift-card.issued.v1': { key: giftCardId, evolve: (_none, event) => issued(event) },
    'gift-card.held.v1': moved(1),
    'gift-card.captured.v1': moved(-1),
    'gift-card.released.v1': moved(-1),
    'gift-card.hold-closed.v1': changed(() => undefined),
    'gift-card.refunded.v1': moved(0),
    'gift-card.reclaimed.v1': moved(0),
    'gift-card.reinstated.v1': moved(0),
    'gift-card.adjusted.v1': moved(0),
    'gift-card.blocked.v1': changed((card) => {
      // What has expired stays expired.
      if (card.status === 'active') card.status = 'blocked';
    }),
    'gift-card.expired.v1': moved(0, 'expired'),
  },
});

function issued({ data, at, revision }: RecordedEvent<GiftCardIssued['data']>): GiftCardDocument {
  const { amount, expiresAt, note, orderId } = data;
  return {
    giftCardId: data.giftCardId,
    status: 'active',
    issued: amount,
    balance: amount,
    held: { ...amount, amount: 0 },
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(note === undefined ? {} : { note }),
    ...(orderId === undefined ? {} : { orderId }),
    issuedAt: at,
    version: revision,
    currency: amount.currency,
  };
}

/** What is shown of a document. */
export const giftCardSummary = ({ currency: _currency, ...card }: GiftCardDocument): GiftCardSummary => card;
