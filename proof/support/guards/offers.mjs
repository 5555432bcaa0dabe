// What guards promotions, coupons, discounts and prices: each taken out, a spec has to go red.
const USES = { file: 'domain/shared/uses.ts', specs: ['domain/promotion/uses.spec.ts'] };
const COUPON = { specs: ['domain/coupon/decider.spec.ts'] };
const CART = { specs: ['domain/cart/promotions.spec.ts'] };
const EFFECTS = { file: 'domain/pricing/effects.ts', specs: ['domain/pricing/effects.spec.ts'] };
const PROMOTION = { specs: ['domain/promotion/decider.spec.ts'] };
const TERMS = { specs: ['domain/promotion/parse-terms.spec.ts'] };
const PRICES = { file: 'domain/catalog/price-for.ts', specs: ['domain/catalog/price-for.spec.ts'] };
const ROWS = { file: 'domain/catalog/price-rows.ts', specs: ['domain/catalog/price-rows.spec.ts'] };
const LIST = { file: 'domain/price-list/decider.ts', specs: ['domain/price-list/price-list.spec.ts'] };
const CODES = { file: 'infra/http/wrong-codes.ts', specs: ['infra/http/wrong-codes.spec.ts'] };

const useGuards = [
  {
    ...USES,
    name: 'uses that are held count as had',
    find: 'if (ledger.used + ledger.holds.size >= uses) return false;',
    replace: 'if (ledger.used >= uses) return false;',
  },
  {
    ...USES,
    name: 'no customer has more uses than one may',
    find: 'if (customer !== undefined && (ledger.byCustomer.get(customer) ?? 0) >= usesPerCustomer) return false;',
    replace: '',
  },
  {
    ...USES,
    name: 'a discount fits the budget as a whole or not at all',
    find: 'return Number.isSafeInteger(sum) && sum <= most;',
    replace: 'return Number.isSafeInteger(sum) && used + held < most;',
  },
  {
    ...USES,
    name: 'a budget gives nothing in another currency',
    find: 'wanted.currency === budget.currency && isLeft',
    replace: 'isLeft',
  },
  {
    ...USES,
    name: 'an order that is over is given no use',
    find: "if (ledger.closed.has(orderId)) return 'closed';",
    replace: '',
  },
  {
    ...USES,
    name: 'a use is given back once',
    find: "if (ledger.closed.has(orderId) || ledger.used === 0) return 'satisfied';",
    replace: "if (ledger.used === 0) return 'satisfied';",
  },
  {
    name: 'a promotion is out of force from its last use on',
    file: 'domain/promotion/uses.ts',
    find: 'return isLeft || isUsedUp ? []',
    replace: 'return isLeft || !isUsedUp ? []',
    specs: ['domain/promotion/uses.spec.ts'],
  },
  {
    name: 'what reaches the register late changes nothing',
    file: 'domain/promotion/decider.ts',
    find: 'if (promotion.edition <= knownEdition(promotion, state)) return accept();',
    replace: '',
    specs: ['domain/promotion/register.spec.ts'],
  },
];

const couponGuards = [
  {
    ...COUPON,
    name: 'a code that another request has is issued to no second one',
    file: 'domain/coupon/decider.ts',
    find: 'if (takenCodes(state, terms.batchId, codes).length > 0) return refusal.codesTaken();',
    replace: '',
  },
  {
    ...COUPON,
    name: 'a deactivated coupon is had by no further order',
    file: 'domain/coupon/uses.ts',
    find: 'if (state.deactivated.has(couponId)) return refusal.unknownCoupon();',
    replace: '',
  },
  {
    ...COUPON,
    name: 'codes that are taken back leave what somebody uses already',
    file: 'domain/coupon/state.ts',
    find: 'if (state.uses.has(couponId)) state.deactivated.add(couponId);',
    replace: "if (couponId === '') state.deactivated.add(couponId);",
  },
  {
    ...CART,
    name: 'a coupon that cannot be used is not put in a cart',
    file: 'domain/cart/coupons.ts',
    find: "if (standing !== 'usable') return refusal.couponRefused(standing);",
    replace: '',
  },
  {
    ...CART,
    name: 'a coupon does not go with one that does not go with it',
    file: 'domain/cart/coupons.ts',
    find: 'return accepts(one.terms, other.terms) && accepts(other.terms, one.terms);',
    replace: 'return accepts(one.terms, other.terms);',
  },
  {
    ...CART,
    name: 'a promotion is had by one coupon',
    file: 'domain/cart/coupons.ts',
    find: 'if (one.terms.promotionId === other.terms.promotionId) return false;',
    replace: '',
  },
  {
    ...CODES,
    name: 'codes cannot be guessed one after the other',
    find: 'for (let n = wrongIn(error); n > 0; n -= 1) guesses.wrong.push(this.now());',
    replace: '',
  },
  {
    ...CODES,
    name: 'codes cannot be guessed all at once',
    find: 'if (guesses.open >= left) return false;',
    replace: '',
  },
];

const discountGuards = [
  {
    ...EFFECTS,
    name: 'an amount off is no more than there is to pay',
    find: 'return spreadOver(lines, Math.min(amount, leftOf(lines, scene)), { of, scene });',
    replace: 'return spreadOver(lines, amount, { of, scene });',
  },
  {
    ...EFFECTS,
    name: 'a fixed price raises nothing',
    find: 'Math.max(0, (scene.left.lines[line] ?? 0) - price * (scene.quantities[line] ?? 0))',
    replace: '(scene.left.lines[line] ?? 0) - price * (scene.quantities[line] ?? 0)',
  },
  {
    ...EFFECTS,
    name: 'a unit is not bought and got at once',
    find: 'bought.has(line) ? spare : Infinity',
    replace: 'Infinity',
  },
  {
    name: 'the largest remainders get what is left over',
    file: 'domain/shared/money.ts',
    find: 'parts[index] = (parts[index] ?? 0) + 1;\n  return parts;\n}\n\n/** Indexes',
    replace: 'parts[index] = parts[index] ?? 0;\n  return parts;\n}\n\n/** Indexes',
    specs: ['domain/shared/money.spec.ts', ...EFFECTS.specs],
  },
  {
    name: 'a promotion that is for others takes nothing off',
    file: 'domain/pricing/discounts.ts',
    find: "if (!isFor(promotion, buyer, cart)) because.set(offer, 'other-buyers');",
    replace: "if (because.size < 0) because.set(offer, 'other-buyers');",
    specs: ['domain/pricing/discounts.spec.ts'],
  },
  {
    name: 'promotions that do not go together are not given together',
    file: 'domain/pricing/discounts.ts',
    find: 'if (!taken.every((other) => accepts(offer, other.offer) && accepts(other.offer, offer))) continue;',
    replace: '',
    specs: ['domain/pricing/discounts.spec.ts'],
  },
  {
    ...TERMS,
    name: 'no more than everything is taken off',
    file: 'domain/promotion/parse-terms.ts',
    find: 'numerator > 0n && numerator <= 100n * denominator',
    replace: 'numerator > 0n',
  },
  {
    ...TERMS,
    name: 'the window of a promotion ends after it begins',
    file: 'domain/promotion/contradictions.ts',
    find: "from !== '' && to !== '' && to <= from ?",
    replace: "from !== '' && to !== '' && to === '' ?",
  },
  {
    ...PROMOTION,
    name: 'a promotion that has ended is not activated again',
    file: 'domain/promotion/decider.ts',
    find: "if (state.status === 'ended') return hasEnded();\n  if (state.status === 'active')",
    replace: "if (state.status === 'active')",
  },
];

const priceGuards = [
  {
    ...PRICES,
    name: 'of several lists the one with the highest priority counts',
    find: 'priorityOf(b, lists) - priorityOf(a, lists) ||\n',
    replace: '',
  },
  {
    ...PRICES,
    name: 'a list that is not in force counts for nobody',
    find: 'if (list?.isInForce !== true) return false;',
    replace: 'if (list === undefined) return false;',
  },
  {
    ...ROWS,
    name: 'no two prices of a product have the same conditions',
    find: 'if (alike === undefined) places.set(priceIdOf(row), index);\n    else problems.push({ path, message: `has all conditions alike with prices.${alike}` });',
    replace: 'if (alike === undefined) places.set(priceIdOf(row), index);',
  },
  {
    ...ROWS,
    name: 'the window of a price ends after it begins',
    find: 'if (from !== undefined && to !== undefined && to <= from) {',
    replace: 'if (from !== undefined && to !== undefined && to === from && to < from) {',
  },
  {
    ...ROWS,
    name: 'a price does not begin or end again by what comes late',
    find: 'if (before === undefined || at <= before.at) return accept();',
    replace: 'if (before === undefined) return accept();',
  },
  {
    ...ROWS,
    name: 'a price does not follow older terms of its list',
    find: 'if (lists.some(({ code, revision }) => code === list.code && revision >= list.revision)) return accept();',
    replace: '',
  },
  {
    ...LIST,
    name: 'a price list is for channels that there are',
    find: 'is: (code: string) => known.channels.has(code)',
    replace: 'is: (_code: string) => known.channels.size >= 0',
  },
  {
    ...LIST,
    name: 'the window of a price list ends after it begins',
    find: "to <= from ? [{ path: 'to', message: 'must be after from' }] : []",
    replace: 'to <= from ? [] : []',
  },
];

export const offerGuards = [...useGuards, ...couponGuards, ...discountGuards, ...priceGuards];
