import { setImmediate } from 'node:timers/promises';
import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { CartEvent } from '../../domain/cart/index.js';
import type { OrderOpened } from '../../domain/order/index.js';
import { asksForFirstOrder, discountsFor } from '../../domain/pricing/index.js';
import type { PromotionTerms, Selector, Target } from '../../domain/pricing/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Money } from '../../domain/shared/index.js';
import { asEvent } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';

/** Which orders: those that were placed from `from` on and before `to`, RFC 3339 UTC. */
export interface SimulatedOrders {
  readonly from: string;
  readonly to: string;
  /** Code of a channel; orders of every channel where it is absent. */
  readonly channel?: string;
}

export interface SimulatedOrder {
  readonly orderId: string;
  /** Lines and shipping without any discount … */
  readonly before: Money;
  /** … and after this promotion. */
  readonly after: Money;
}

export interface Simulation {
  readonly orders: number;
  /** Those that it would take something off. */
  readonly discounted: number;
  /** What it would take off them, by currency; a sum may go beyond 2^53. */
  readonly cost: readonly { readonly amount: bigint; readonly currency: string }[];
  /** The first of those orders. */
  readonly examples: readonly SimulatedOrder[];
}

export interface SimulationOptions {
  /** Nothing personal is looked at: it may come sealed. */
  readonly log: Pick<EventStore, 'readAll' | 'read'>;
  readonly orders: SimulatedOrders;
  /** Called with the number of events that were read since the last call, and now and then; throws to end the simulation. */
  readonly onRead?: (events: number, simulated: number) => void;
}

const MOST_EXAMPLES = 10;
/** After so many events others have their turn. */
const BATCH = 250;

const ORDERS = {
  categories: ['order'],
  types: ['order.opened.v1', 'order.confirmed.v1', 'order.rejected.v1', 'order.cancelled.v1'],
};

/**
 * Computes what a promotion alone would have taken off the undiscounted lines of confirmed orders, whatever its status, window, limits
 * and trigger. It reads the log once, holds the orders that are neither confirmed nor rejected yet, and writes nothing.
 */
export async function simulatePromotion(
  promotion: PromotionTerms,
  { log, orders, onRead = () => undefined }: SimulationOptions,
): Promise<Simulation> {
  const trial = new Trial(promotion, orders, log);
  let read = 0;
  for await (const recorded of log.readAll({ filter: ORDERS })) {
    if (recorded.at >= orders.to && !trial.isWaiting) break;
    await trial.take(recorded);
    if (++read % BATCH !== 0) continue;
    onRead(BATCH, trial.orders);
    await setImmediate();
  }
  onRead(read % BATCH, trial.orders);
  return trial.result();
}

type Opened = OrderOpened['data'];

/** What the log has under this type. */
const openedIn = ({ data }: RecordedEvent): Opened => data as object as Opened;

/** An order that is neither confirmed nor rejected yet. */
interface Placed {
  /** Null where it is none of those that are asked for. */
  readonly order: Opened | null;
  readonly customerId: string | undefined;
  /** Nothing of the account was confirmed when it was placed. */
  readonly isFirst: boolean;
}

class Trial {
  orders = 0;
  private discounted = 0;
  private readonly costs = new Map<string, bigint>();
  private readonly examples: SimulatedOrder[] = [];
  /** By the stream of the order. */
  private readonly placed = new Map<string, Placed>();
  /** Orders in `placed` that are asked for. */
  private waiting = 0;
  /** Accounts that have bought, where that makes a difference. */
  private readonly buyers = new Set<string>();
  private readonly asksForFirst: boolean;
  private readonly asksForCart: boolean;

  constructor(
    private readonly promotion: PromotionTerms,
    private readonly range: SimulatedOrders,
    private readonly log: Pick<EventStore, 'read'>,
  ) {
    this.asksForFirst = asksForFirstOrder(promotion.when);
    this.asksForCart = needsCart(promotion);
  }

  get isWaiting(): boolean {
    return this.waiting > 0;
  }

  /** The data of an event are parsed when they are looked at, so that orders of other times cost little. */
  async take(event: RecordedEvent): Promise<void> {
    const { stream, type } = event;
    if (type === 'order.opened.v1') return this.place(event);
    const placed = this.placed.get(stream);
    if (placed === undefined) return;
    this.placed.delete(stream);
    if (placed.order !== null) this.waiting -= 1;
    if (type !== 'order.confirmed.v1') return;
    if (placed.order !== null) await this.simulate(placed.order, placed.isFirst);
    if (placed.customerId !== undefined && this.asksForFirst) this.buyers.add(placed.customerId);
  }

  result(): Simulation {
    const { orders, discounted, costs, examples } = this;
    const cost = [...costs]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ amount, currency }));
    return { orders, discounted, cost, examples };
  }

  private place(event: RecordedEvent): void {
    const { from, to, channel } = this.range;
    const { stream, at } = event;
    // Earlier orders count where it matters who has bought before.
    if (at >= to || (at < from && !this.asksForFirst)) return;
    const order = openedIn(event);
    const { customerId } = order;
    const isAsked = at >= from && (channel === undefined || channelOf(order) === channel);
    if (!isAsked && !this.asksForFirst) return;
    if (isAsked) this.waiting += 1;
    const isFirst = customerId !== undefined && !this.buyers.has(customerId);
    this.placed.set(stream, { order: isAsked ? order : null, customerId, isFirst });
  }

  private async simulate(order: Opened, isFirstOrder: boolean): Promise<void> {
    const { currency, shipping, pricing, destination } = order;
    const { groups, lines } = this.asksForCart ? await this.withCart(order) : { groups: [], lines: order.lines };
    const { method, price } = shipping;
    const { promotions } = discountsFor(
      { lines, shipping: { method, price }, currency, rounding: pricing.rounding },
      [{ promotion: this.promotion }],
      { channel: channelOf(order), customerGroups: groups, country: destination.country, isFirstOrder },
    );
    this.orders += 1;
    const saved = promotions.reduce((sum, { amount }) => sum + amount.amount, 0);
    if (saved === 0) return;
    this.discounted += 1;
    this.costs.set(currency, (this.costs.get(currency) ?? 0n) + BigInt(saved));
    if (this.examples.length === MOST_EXAMPLES) return;
    const before = lines.reduce((sum, { lineTotal }) => sum + lineTotal.amount, price.amount);
    this.examples.push({
      orderId: order.orderId,
      before: { amount: before, currency },
      after: { amount: before - saved, currency },
    });
  }

  /** Reads what an order does not repeat of its cart. */
  private async withCart({ cartId, lines }: Opened): Promise<SelectableOrder> {
    let groups: readonly string[] = [];
    const facts = new Map<string, LineFacts>();
    for await (const recorded of this.log.read(streamOf('cart', cartId))) {
      const { type, data } = asEvent<CartEvent>(recorded);
      if (type === 'cart.opened.v1') groups = data.customerGroups ?? [];
      if (type !== 'cart.item-added.v1') continue;
      const { lineId, brand, attributes } = data;
      facts.set(lineId, { ...(brand !== undefined && { brand }), ...(attributes !== undefined && { attributes }) });
    }
    return { groups, lines: lines.map((line) => Object.assign({}, line, facts.get(line.lineId))) };
  }
}

interface LineFacts {
  readonly brand?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface SelectableOrder {
  readonly groups: readonly string[];
  readonly lines: readonly (Opened['lines'][number] & LineFacts)[];
}

const channelOf = ({ channel = DEFAULT_CHANNEL }: Opened): string => channel;

/** Whether it asks for groups, brands or attributes, which the cart knows and the order does not. */
const needsCart = ({ customerGroups, when, then }: PromotionTerms): boolean =>
  customerGroups !== undefined ||
  when.some((condition) => condition.type === 'quantity' && asksForFacts(condition.of)) ||
  then.some((effect) =>
    effect.type === 'buy-get'
      ? asksForFacts(effect.buy.of) || asksForFacts(effect.get.of)
      : 'of' in effect && asksForFacts(effect.of),
  );

const asksForFacts = (of: Target | undefined): boolean => typeof of === 'object' && selectsFacts(of);

const selectsFacts = ({ brands, attributes, except }: Selector): boolean =>
  brands !== undefined || attributes !== undefined || (except !== undefined && selectsFacts(except));
