import { giftCardDecider, giftCardView, ledgerEntry } from '../../domain/gift-card/index.js';
import type { GiftCardEvent, GiftCardLedger, GiftCardState, LedgerEntry } from '../../domain/gift-card/index.js';
import { giftCardFields } from './gift-card-fields.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

export interface LedgerState {
  readonly state: GiftCardState;
  readonly entries: LedgerEntry[];
}

/** Id: the giftCardId. By the fold that decides about the card, with the entries of its ledger. */
export const giftCardLiveModel = liveModel<LedgerState, GiftCardEvent, GiftCardLedger>({
  name: 'gift-card',
  category: 'giftcard',
  initialState: () => ({ state: giftCardDecider.initialState(), entries: [] }),
  evolve: ({ state, entries }, event) => {
    const entry = ledgerEntry(event, event.at);
    if (entry !== null) entries.push(entry);
    return { state: giftCardDecider.evolve(state, event), entries };
  },
  show: ({ state: { card }, entries }, version) => (card === null ? null : { ...giftCardView(card, version), entries }),
  explains: giftCardFields,
});
