// What guards the money on gift cards: each taken out, a spec has to go red.
const CARD = { file: 'domain/gift-card/decider.ts', specs: ['domain/gift-card/decider.spec.ts'] };

export const giftCardGuards = [
  {
    ...CARD,
    name: 'no more is held of a gift card than is on it',
    find: 'if (amount.amount > card.balance) return refusal.notEnough(card, amount);',
    replace: '',
    specs: [...CARD.specs, 'domain/gift-card/laws.spec.ts'],
  },
  {
    ...CARD,
    name: 'a gift card is not adjusted below zero',
    find: 'if (card.balance + change < 0) return refusal.notEnough(card, { ...amount, amount: -change });',
    replace: '',
  },
  {
    ...CARD,
    name: 'a gift card pays in its own currency alone',
    find: 'if (card.currency !== currency) return refusal.wrongCurrency(card, currency);',
    replace: '',
  },
  {
    ...CARD,
    name: 'a blocked gift card pays nothing',
    find: 'if (card.isBlocked) return refusal.isBlocked();',
    replace: '',
  },
  {
    ...CARD,
    name: 'a gift card that has expired pays nothing',
    find: 'if (card.hasExpired) return refusal.hasExpired(card);',
    replace: '',
  },
  {
    ...CARD,
    name: 'a hold that was let go, or never was, is not made any more',
    find: 'if (share?.isClosed === true) return refusal.holdNotFound();',
    replace: '',
  },
  {
    ...CARD,
    name: 'no more is taken of a gift card than an order holds',
    find: 'if (amount.amount > share.held) return refusal.captureExceedsHold(share.held, amount.amount);',
    replace: '',
  },
  {
    ...CARD,
    name: 'held money is taken once',
    find: 'if (share.captureIds.has(captureId)) return accept();',
    replace: '',
  },
  {
    ...CARD,
    name: 'no more is given back to a gift card than was taken',
    find: 'if (amount.amount > refundable) return refusal.refundExceedsCaptured(refundable, amount.amount);',
    replace: '',
  },
  {
    name: 'a card that is not needed pays nothing',
    file: 'domain/cart/checkout.ts',
    find: 'if (left === 0) continue;',
    replace: '',
    specs: ['domain/cart/gift-cards.spec.ts'],
  },
  {
    name: 'what gift cards leave needs a token',
    file: 'domain/cart/checkout.ts',
    find: 'if (left > 0 && personal.paymentToken === undefined)',
    replace: 'if (left > 1e15 && personal.paymentToken === undefined)',
    specs: ['domain/cart/gift-cards.spec.ts'],
  },
  {
    name: 'a capture takes gift cards first',
    file: 'sagas/effects/order-money.ts',
    find: 'const due = Math.min(left, amount.amount);',
    replace: 'const due = Math.max(0, left - (paid.total.amount - amount.amount));',
    specs: ['sagas/effects/order-money.journey.spec.ts'],
  },
  {
    name: 'a refund goes to the provider first',
    file: 'domain/order/tenders.ts',
    find: 'Math.max(0, captured.amount - ofProvider)',
    replace: 'Math.max(0, captured.amount - ofProvider - 1)',
    specs: ['domain/order/tenders.spec.ts'],
  },
  {
    name: 'nothing goes to a card before the provider has given back its part',
    file: 'sagas/effects/order-money.ts',
    find: "if (answer.reply.outcome !== 'accepted') return answer;\n    let { lastEventId } = answer;",
    replace: "let lastEventId = answer.reply.outcome === 'accepted' ? answer.lastEventId : null;",
    specs: ['sagas/effects/order-money.journey.spec.ts'],
  },
];
