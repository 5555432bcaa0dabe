import { useState } from 'preact/hooks';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { ActionDialog, type Guard, type Target } from '../action/action-dialog.js';
import { ReasonField } from '../action/reason-field.js';
import { api } from '../engine.js';

type GiftCard = Schema<'GiftCardSummary'>;

/** A card as what a dialog acts upon; of its changes the balance says enough. */
const targetOf = (card: GiftCard): Target => ({
  version: card.version,
  queryKey: ['list'],
  changesSince: async () => {
    const { data } = await api.GET('/v1/gift-cards/by-id/{id}', { params: { path: { id: card.giftCardId } } });
    if (data === undefined) return { titles: [], version: card.version };
    return { titles: [`It is ${data.status}, with ${moneyText(data.balance)} left.`], version: data.version };
  },
});

/** What an admin can do with a card. */
export function GiftCardActions({ card }: { readonly card: GiftCard }) {
  const [reason, setReason] = useState('');
  if (card.status !== 'active') return null;
  const block = async (header: Guard) => {
    const params = { path: { id: card.giftCardId }, header };
    await api.POST('/v1/gift-cards/by-id/{id}/block', { params, body: { reason } });
    setReason('');
  };
  return (
    <ActionDialog
      target={targetOf(card)}
      label="Block"
      title="Block the gift card"
      confirm="Block it"
      act={block}
      isDangerous
    >
      <p>
        Nobody can pay with it any more. {moneyText(card.balance)} is left on it. What it pays of orders already stays
        paid.
      </p>
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  );
}
