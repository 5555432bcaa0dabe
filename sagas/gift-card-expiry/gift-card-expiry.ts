import type { GiftCardIssued } from '../../domain/gift-card/index.js';
import { anySaga, type SagaEvent } from '../../infra/engine/sagas/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface GiftCardExpiryState {
  /** Empty before the card is issued. */
  readonly giftCardId: string;
}

type Step = SagaStep<GiftCardExpiryState>;

const EXPIRY = 'expiry';
const EXPIRE = 'expire';

const expire = (giftCardId: string): SagaCommand => ({
  key: EXPIRE,
  target: 'giftcard',
  id: giftCardId,
  command: { type: 'expire' },
});

function onIssued(state: GiftCardExpiryState, { data }: SagaEvent<GiftCardIssued['data']>): Step {
  const { giftCardId, expiresAt } = data;
  if (state.giftCardId !== '' || expiresAt === undefined) return { state };
  return { state: { giftCardId }, timers: [{ key: EXPIRY, due: expiresAt }] };
}

/** Expires gift cards at their time, so that read models need no clock. Id: the card's. */
export const giftCardExpirySaga = anySaga<GiftCardExpiryState, GiftCardIssued>({
  name: 'gift-card-expiry',
  initialState: () => ({ giftCardId: '' }),
  on: {
    'gift-card.issued.v1': {
      id: ({ giftCardId, expiresAt }) => (expiresAt === undefined ? null : giftCardId),
      begins: () => true,
      react: onIssued,
    },
  },
  onReply: (state, { key }) => (key === EXPIRE ? { state, done: true } : { state }),
  onTimeout: (state, { key }) => (key === EXPIRY ? { state, commands: [expire(state.giftCardId)] } : { state }),
});
