// The money of each order, folded from its tenders, which are payments and gift cards: authorised ≥ captured ≥ refunded ≥ 0, at every
// moment.

const EFFECTS = {
  'payment.requested.v1': (payment) => (payment.status = 'requested'),
  'payment.authorized.v1': (payment, { amount }) =>
    Object.assign(payment, { status: 'held', authorized: amount.amount }),
  'payment.declined.v1': (payment) => Object.assign(payment, { status: 'declined', authorized: 0 }),
  'payment.failed.v1': (payment) => (payment.status = payment.status === 'requested' ? 'failed' : payment.status),
  'payment.voided.v1': (payment) => Object.assign(payment, { status: 'voided', authorized: 0 }),
  'payment.captured.v1': (payment, { amount, authorized }) =>
    Object.assign(payment, { status: 'captured', captured: amount.amount, authorized: authorized.amount }),
  'payment.refunded.v1': (payment, { amount }) => (payment.refunded += amount.amount),
  'gift-card.held.v1': (card, { amount }) => Object.assign(card, { status: 'held', authorized: amount.amount }),
  'gift-card.captured.v1': (card, { amount }) => (card.captured += amount.amount),
  'gift-card.released.v1': (card, { amount }) => (card.authorized -= amount.amount),
  'gift-card.refunded.v1': (card, { amount }) => (card.refunded += amount.amount),
};

/** Only what is held can be let go or taken. */
const COVERED = {
  'payment.voided.v1': ({ amount }, held) => amount.amount === held,
  'payment.captured.v1': ({ authorized }, held) => authorized.amount <= held,
};

export class MoneyBooks {
  faults = [];
  /** Order → id of payment or gift card → balances. */
  #orders = new Map();

  add({ stream, revision, type, data }) {
    // A card is issued, adjusted, blocked and expires for no order.
    if (data.orderId === undefined) return;
    const payments = this.#orders.get(data.orderId) ?? new Map();
    this.#orders.set(data.orderId, payments);
    const { paymentId, giftCardId = paymentId } = data;
    const isCard = paymentId === undefined;
    const nothing = { isCard, status: 'new', authorized: 0, captured: 0, refunded: 0 };
    const payment = payments.get(giftCardId) ?? nothing;
    payments.set(giftCardId, payment);
    const { authorized: held } = payment;
    EFFECTS[type]?.(payment, data);
    const isCovered = COVERED[type]?.(data, held) ?? true;
    if (!isCovered) this.faults.push(`${stream} at revision ${revision}: ${type} of what is not held: ${held} are`);
    const { authorized, captured, refunded } = payment;
    if (!(authorized >= captured && captured >= refunded && refunded >= 0))
      this.faults.push(`${stream} at revision ${revision}: ${JSON.stringify(payment)}`);
  }

  /** What of it the provider has. */
  ofProvider(orderId) {
    return this.of(orderId, ({ isCard }) => !isCard);
  }

  /** The sums of an order, and whether one of its payments still waits for an answer. */
  of(orderId, counts = () => true) {
    const payments = [...(this.#orders.get(orderId)?.values() ?? [])].filter(counts);
    const sum = (name) => payments.reduce((total, payment) => total + payment[name], 0);
    return {
      authorized: sum('authorized'),
      captured: sum('captured'),
      refunded: sum('refunded'),
      isOpen: payments.some(({ status }) => status === 'requested'),
    };
  }
}
