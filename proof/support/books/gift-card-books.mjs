// The ledgers of gift cards: no balance below 0, and each event says the balance that the amounts before it come to.

const EFFECTS = {
  'gift-card.issued.v1': (card, { amount }) => (card.balance += amount.amount),
  'gift-card.held.v1': (card, { amount }) => {
    card.balance -= amount.amount;
    card.held += amount.amount;
  },
  'gift-card.captured.v1': (card, { amount }) => (card.held -= amount.amount),
  'gift-card.released.v1': (card, { amount }) => {
    card.balance += amount.amount;
    card.held -= amount.amount;
  },
  'gift-card.refunded.v1': (card, { amount }) => (card.balance += amount.amount),
  'gift-card.adjusted.v1': (card, { amount }) => (card.balance += amount.amount),
  'gift-card.expired.v1': (card, { amount }) => (card.balance -= amount.amount),
};

export class GiftCardBooks {
  faults = [];
  #cards = new Map();

  add({ stream, revision, type, data }) {
    const card = this.#cards.get(data.giftCardId) ?? { balance: 0, held: 0 };
    this.#cards.set(data.giftCardId, card);
    EFFECTS[type]?.(card, data);
    const told = data.balance?.amount ?? card.balance;
    if (card.balance >= 0 && card.held >= 0 && card.balance === told) return;
    this.faults.push(`${stream} at revision ${revision}: ${type} leaves ${JSON.stringify(card)}, and says ${told}`);
  }
}
