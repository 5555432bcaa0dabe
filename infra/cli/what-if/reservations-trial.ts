import {
  inventoryDecider,
  reserveStock,
  type Allocation,
  type InventoryEvent,
  type InventoryState,
  type ReservationPolicy,
} from '../../../domain/inventory/index.js';
import type { Decision, Json } from '../../../domain/shared/index.js';
import { asEvent, type RecordedEvent } from '../../event-store/index.js';
import { reasonOf } from './load-what-if.js';
import { Sums, type SavedSum } from './sums.js';
import { RuleError, type Result, type Trial } from './trial.js';
import type { OtherRules } from './what-if.js';

const MOST_EXAMPLES = 10;

/** Decides recorded reservations again, on stock that goes on from what was decided before: each comes from other locations. */
export class ReservationsTrial implements Trial {
  readonly needsPast = true;
  readonly filter = { categories: ['inventory'] };
  private readonly stock = new Map<string, InventoryState>();
  private readonly policy: ReservationPolicy;
  private sums = new Sums();
  private examples: string[] = [];

  constructor({ name, reservation }: OtherRules & Required<Pick<OtherRules, 'reservation'>>) {
    this.policy = {
      name,
      inOrder: (locations) => {
        try {
          return checkedOrder(reservation.inOrder(locations), locations);
        } catch (error) {
          throw error instanceof RuleError ? error : new RuleError(reasonOf(error));
        }
      },
    };
  }

  take(recorded: RecordedEvent, counts: boolean): void {
    const event = asEvent<InventoryEvent>(recorded);
    const { sku } = event.data;
    const state = this.stock.get(sku) ?? inventoryDecider.initialState();
    const decided = this.decide(event, state);
    const events = decided.accepted ? decided.events : [];
    if (event.type === 'inventory.reserved.v1' && counts) this.count(event.data, allocationsIn(events));
    // Units that no location gave are not held.
    const isShort =
      event.type === 'inventory.reserved.v1' && unitsIn(allocationsIn(events)) < unitsIn(event.data.allocations);
    if (isShort) return;
    this.stock.set(sku, events.reduce(inventoryDecider.evolve, state));
  }

  result(): Result {
    return { rows: this.sums.rows(), examples: this.examples };
  }

  save(): Json {
    return { sums: this.sums.save(), examples: this.examples } as object as Json;
  }

  restore(saved: Json): void {
    const { sums, examples } = saved as object as { sums: SavedSum[]; examples: string[] };
    this.sums = new Sums(sums);
    this.examples = [...examples];
  }

  /** Sends the command again that was answered by the event. */
  private decide({ type, data }: InventoryEvent, state: InventoryState): Decision<InventoryEvent> {
    switch (type) {
      case 'inventory.received.v1':
        return inventoryDecider.decide({ type: 'receive-stock', ...data }, state);
      case 'inventory.adjusted.v1':
        return inventoryDecider.decide({ type: 'adjust-stock', ...data }, state);
      case 'inventory.reserved.v1': {
        const { allocations, available: _available, ...placed } = data;
        return reserveStock({ type: 'reserve-stock', ...placed, quantity: unitsIn(allocations) }, state, this.policy);
      }
      case 'inventory.released.v1':
        return inventoryDecider.decide({ type: 'release-stock', ...data }, state);
      case 'inventory.reservation-closed.v1':
        return inventoryDecider.decide({ type: 'release-stock', reason: 'closed', ...data }, state);
      case 'inventory.committed.v1': {
        const { allocations, ...shipped } = data;
        return inventoryDecider.decide({ type: 'commit-stock', ...shipped, quantity: unitsIn(allocations) }, state);
      }
      default:
        return type satisfies never;
    }
  }

  private count({ sku, orderId, allocations: then }: Reserved, decided: readonly Allocation[]): void {
    const isShort = unitsIn(decided) < unitsIn(then);
    const now = isShort ? [] : decided;
    this.sums.add('reservations', 1, isShort ? 0 : 1);
    this.sums.add('refused for want of stock', 0, isShort ? 1 : 0);
    this.sums.add('from several locations', isSplit(then), isSplit(now));
    const isSame = this.countUnits(then, now);
    this.sums.add('with other locations', 0, isSame || isShort ? 0 : 1);
    if (isSame || this.examples.length === MOST_EXAMPLES) return;
    const instead = isShort ? 'would have been refused' : `would have come from ${placesOf(now)}`;
    this.examples.push(`order ${orderId}: ${sku} from ${placesOf(then)} ${instead}`);
  }

  /** Answers whether each location gives the same. */
  private countUnits(then: readonly Allocation[], now: readonly Allocation[]): boolean {
    const was = new Map(then.map(({ location, quantity }) => [location, quantity]));
    const is = new Map(now.map(({ location, quantity }) => [location, quantity]));
    let isSame = true;
    for (const location of new Set([...was.keys(), ...is.keys()])) {
      const [before, after] = [was.get(location) ?? 0, is.get(location) ?? 0];
      this.sums.add(`units from ${location}`, before, after);
      if (before !== after) isSame = false;
    }
    return isSame;
  }
}

type Reserved = Extract<InventoryEvent, { readonly type: 'inventory.reserved.v1' }>['data'];

const isSplit = (allocations: readonly Allocation[]): number => (allocations.length > 1 ? 1 : 0);

const placesOf = (allocations: readonly Allocation[]): string =>
  allocations.map(({ location, quantity }) => `${location} (${quantity})`).join(', ');

const unitsIn = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);

const allocationsIn = (events: readonly InventoryEvent[]): readonly Allocation[] =>
  events.flatMap(({ type, data }) => (type === 'inventory.reserved.v1' ? data.allocations : []));

type Places = ReturnType<ReservationPolicy['inOrder']>;

/** What each location has is known: a policy chooses among the locations and their order alone. */
function checkedOrder(given: unknown, locations: Parameters<ReservationPolicy['inOrder']>[0]): Places {
  if (!Array.isArray(given)) throw new RuleError('it gives no list of locations');
  const names = given.map((one: unknown) =>
    typeof one === 'string' ? one : String((one as { location?: unknown })?.location),
  );
  return [...new Set(names)].map((location) => {
    const stock = locations.get(location);
    if (stock === undefined) throw new RuleError(`it gives a location that is none of these: ${location}`);
    return { location, available: stock.onHand - stock.reserved };
  });
}
