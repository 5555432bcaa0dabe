import { cartDecider, type CartEvent, type CheckOut, type ProductFacts } from '../../../domain/cart/index.js';
import { DEFAULT_CHANNEL } from '../../../domain/channel/index.js';
import { parsePricingPolicy, type PricingPolicy, type PromotionInForce } from '../../../domain/pricing/index.js';
import type { PromotionTerms } from '../../../domain/pricing/index.js';
import { pricingPolicyDecider, type PricingPolicyEvent } from '../../../domain/pricing-policy/index.js';
import { promotionRegisterDecider, type PromotionRegisterEvent } from '../../../domain/promotion/index.js';
import type { Json, Totals } from '../../../domain/shared/index.js';
import { asEvent, type EventStore, type RecordedEvent } from '../../event-store/index.js';
import { amountText } from '../amount-text.js';
import { promotionTerms } from '../promotion-terms.js';
import { reasonOf } from './load-what-if.js';
import { Sums, type SavedSum } from './sums.js';
import { RuleError, type Result, type Trial } from './trial.js';
import type { CheckoutFacts, OtherRules } from './what-if.js';

type CheckedOut = Extract<CartEvent, { readonly type: 'cart.checked-out.v1' }>['data'];
type Cart = ReturnType<typeof cartDecider.initialState>;
type OrderEnd = { readonly orderId: string };

const MOST_EXAMPLES = 10;
const TOTALS = ['subtotal', 'discount', 'net', 'shipping', 'tax', 'taxIncluded', 'total'] as const;

/** Decides recorded checkouts again, by the engine's own decider: each on its cart as it was, with other prices' rules. */
export class CheckoutsTrial implements Trial {
  readonly needsPast = true;
  readonly filter = {
    types: [
      'cart.checked-out.v1',
      'pricing-policy.put-in-force.v1',
      'promotion-register.entered.v1',
      'promotion-register.left.v1',
      'order.confirmed.v1',
      'order.rejected.v1',
      'order.cancelled.v1',
    ],
  };
  private policy = pricingPolicyDecider.initialState();
  private register = promotionRegisterDecider.initialState();
  /** Customers of orders that are neither confirmed nor over. */
  private readonly placed = new Map<string, string>();
  private readonly buyers = new Set<string>();
  private checkouts = new Sums();
  private sums = new Sums();
  private examples: string[] = [];

  constructor(
    private readonly rules: OtherRules,
    /** What is personal is not looked at: it may come sealed. */
    private readonly log: Pick<EventStore, 'read'>,
  ) {}

  async take(recorded: RecordedEvent, counts: boolean): Promise<void> {
    const event = asEvent<PricingPolicyEvent | PromotionRegisterEvent | CartEvent>(recorded);
    switch (event.type) {
      case 'pricing-policy.put-in-force.v1':
        this.policy = pricingPolicyDecider.evolve(this.policy, event);
        return;
      case 'promotion-register.entered.v1':
      case 'promotion-register.left.v1':
        this.register = promotionRegisterDecider.evolve(this.register, event);
        return;
      case 'cart.checked-out.v1':
        if (counts) await this.decide(recorded, event.data);
        if (event.data.customerId !== undefined) this.placed.set(event.data.orderId, event.data.customerId);
        return;
      default:
        this.endOrder(recorded.type, recorded.data as object as OrderEnd);
    }
  }

  result(): Result {
    const ofAmounts = this.sums.rows((sum, name) => amountText({ amount: sum, currency: name.split(' ')[0] ?? '' }));
    return { rows: [...this.checkouts.rows(), ...ofAmounts], examples: this.examples };
  }

  save(): Json {
    return { checkouts: this.checkouts.save(), sums: this.sums.save(), examples: this.examples } as object as Json;
  }

  restore(saved: Json): void {
    const { checkouts, sums, examples } = saved as object as {
      checkouts: SavedSum[];
      sums: SavedSum[];
      examples: string[];
    };
    this.checkouts = new Sums(checkouts);
    this.sums = new Sums(sums);
    this.examples = [...examples];
  }

  private endOrder(type: string, { orderId }: OrderEnd): void {
    const customerId = this.placed.get(orderId);
    this.placed.delete(orderId);
    if (type === 'order.confirmed.v1' && customerId !== undefined) this.buyers.add(customerId);
  }

  private async decide(recorded: RecordedEvent, checkout: CheckedOut): Promise<void> {
    const terms = this.termsFor(recorded, checkout);
    const cart = await this.cartBefore(recorded);
    const decided = cartDecider.decide(commandOf(checkout, cart, terms), cart);
    this.checkouts.add('checkouts', 1, decided.accepted ? 1 : 0);
    const then = checkout.totals;
    if (!decided.accepted) {
      this.checkouts.add(`refused ${decided.refusal.code}`, 0, 1);
      this.tell(
        `order ${checkout.orderId}: ${amountText(then.total)} would have been refused: ${decided.refusal.code}`,
      );
      this.count(checkout.currency, then, null);
      return;
    }
    const [event] = decided.events;
    if (event?.type !== 'cart.checked-out.v1') throw new Error(`the checkout of ${checkout.orderId} decides nothing`);
    const { totals } = event.data;
    const isSame = TOTALS.every((name) => totals[name].amount === then[name].amount);
    this.checkouts.add('with other amounts', 0, isSame ? 0 : 1);
    this.count(checkout.currency, then, totals);
    if (!isSame)
      this.tell(`order ${checkout.orderId}: ${amountText(then.total)} would have been ${amountText(totals.total)}`);
  }

  private count(currency: string, then: Totals, totals: Totals | null): void {
    for (const name of TOTALS) this.sums.add(`${currency} ${name}`, then[name].amount, totals?.[name].amount ?? 0);
  }

  private tell(line: string): void {
    if (this.examples.length < MOST_EXAMPLES) this.examples.push(line);
  }

  /** @throws RuleError */
  private termsFor({ at }: RecordedEvent, checkout: CheckedOut): Terms {
    const { orderId, currency, channel = DEFAULT_CHANNEL, destination, customerId } = checkout;
    const facts: CheckoutFacts = { orderId, at, currency, channel, country: destination.country };
    const { pricing, promotions } = this.rules;
    const inForce = [...this.register.inForce.values()].map(({ terms }) => terms);
    return {
      policy: pricing === undefined ? this.policy.policy : policyFrom(() => pricing(this.policy.policy, facts)),
      inForce:
        promotions === undefined
          ? this.register.inForce
          : new Map(
              promotionsFrom(() => promotions(inForce, facts), inForce).map((one) => [
                one.promotionId,
                { edition: 0, terms: one },
              ]),
            ),
      isFirstOrder: customerId !== undefined && !this.buyers.has(customerId),
    };
  }

  private async cartBefore({ stream, revision }: RecordedEvent): Promise<Cart> {
    let cart = cartDecider.initialState();
    for await (const event of this.log.read(stream, { limit: revision }))
      cart = cartDecider.evolve(cart, asEvent<CartEvent>(event));
    return cart;
  }
}

interface Terms {
  readonly policy: PricingPolicy;
  readonly inForce: ReadonlyMap<string, PromotionInForce>;
  readonly isFirstOrder: boolean;
}

/** The command that checked the cart out, but for how it is paid, which changes no price. */
function commandOf(checkout: CheckedOut, cart: Cart, { policy, inForce, isFirstOrder }: Terms): CheckOut {
  const { orderId, orderNumber, personId, customerId, destination, paymentProvider, shipping, lines } = checkout;
  const inCart = cart.status === 'none' ? new Map<string, Partial<ProductFacts>>() : cart.lines;
  const products = lines.map(
    ({ sku, name, options, kind, categories, taxClass, unitPrice }): [string, ProductFacts] => {
      const { brand, attributes } = inCart.get(sku) ?? {};
      return [
        sku,
        {
          sku,
          name,
          categories,
          taxClass,
          prices: [unitPrice],
          ...(options !== undefined && { options }),
          ...(kind !== undefined && { kind }),
          ...(brand !== undefined && { brand }),
          ...(attributes !== undefined && { attributes }),
        },
      ];
    },
  );
  return {
    type: 'check-out',
    orderId,
    orderNumber,
    personId,
    ...(customerId !== undefined && { customerId }),
    personal: { paymentToken: 'what-if' } as CheckOut['personal'],
    paymentProvider,
    destination: destination as CheckOut['destination'],
    shippingMethod: shipping.method,
    products: new Map(products),
    pricing: policy,
    promotions: { inForce, isFirstOrder },
    acceptPrices: true,
  };
}

/** @throws RuleError it throws, or is not JSON */
function plain(made: () => unknown): Json {
  try {
    return JSON.parse(JSON.stringify(made()) ?? 'null') as Json;
  } catch (error) {
    throw new RuleError(reasonOf(error));
  }
}

function policyFrom(made: () => unknown): PricingPolicy {
  const reading = parsePricingPolicy(plain(made));
  if (reading.valid) return reading.policy;
  throw new RuleError(`it gives no pricing policy: ${reading.problems.map(problemText).join('; ')}`);
}

function promotionsFrom(made: () => unknown, inForce: readonly PromotionTerms[]): readonly PromotionTerms[] {
  const list = plain(made);
  if (!Array.isArray(list)) throw new RuleError('it gives no list of promotions');
  const known = new Map(inForce.map((terms) => [JSON.stringify(terms), terms]));
  return list.map((json, index) => {
    const terms = known.get(JSON.stringify(json));
    if (terms !== undefined) return terms;
    const reading = promotionTerms(json);
    if (!reading.valid)
      throw new RuleError(`it gives no promotion at ${index}: ${reading.problems.map(problemText).join('; ')}`);
    const { promotionId } = reading.terms;
    return promotionId === 'what-if' ? { ...reading.terms, promotionId: `what-if-${index}` } : reading.terms;
  });
}

const problemText = ({ path, message }: { readonly path: string; readonly message: string }): string =>
  `${path} ${message}`.trim();
