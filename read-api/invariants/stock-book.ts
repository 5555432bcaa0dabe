import type { Allocation, InventoryEvent } from '../../domain/inventory/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { differing } from './order-checks.js';
import type { Broken, InvariantName } from './invariants.js';

const sumOf = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);

/** What came, went and is held of a SKU, by the events of its stream alone; each event is taken once. */
export class StockBook {
  revision = -1;
  private came = 0;
  private shipped = 0;
  /** Units that each order holds. */
  readonly holds = new Map<string, number>();
  /** The first event that left less than nothing, or says of what is available something else than the events before it. */
  private odd: { readonly detail: string; readonly event: RecordedEvent } | null = null;
  private last: RecordedEvent | null = null;

  constructor(readonly sku: string) {}

  take(recorded: RecordedEvent): void {
    const event = recorded as RecordedEvent & InventoryEvent;
    if (event.type === 'inventory.received.v1' || event.type === 'inventory.adjusted.v1')
      this.came += event.data.quantity;
    if (event.type === 'inventory.reserved.v1') this.hold(event.data.orderId, sumOf(event.data.allocations));
    if (event.type === 'inventory.released.v1') this.hold(event.data.orderId, -sumOf(event.data.allocations));
    if (event.type === 'inventory.committed.v1') {
      this.hold(event.data.orderId, -sumOf(event.data.allocations));
      this.shipped += sumOf(event.data.allocations);
    }
    if (recorded.revision !== this.revision + 1) this.notice(`there is a gap before ${recorded.revision}`, recorded);
    if ('available' in event.data && event.data.available !== this.available) {
      this.notice(`${event.data.available} are said to be available, and ${this.available} are`, recorded);
    }
    if (this.available < 0) this.notice(`${-this.available} more are held than there are`, recorded);
    this.revision = recorded.revision;
    this.last = recorded;
  }

  get onHand(): number {
    return this.came - this.shipped;
  }

  get reserved(): number {
    let sum = 0;
    for (const units of this.holds.values()) sum += units;
    return sum;
  }

  private get available(): number {
    return this.onHand - this.reserved;
  }

  /** What breaks an invariant; `folded` is what the rule of the read model makes of the same events. */
  brokenIn(doc: StockDocument, folded: StockDocument | null): readonly Broken[] {
    const found: Broken[] = this.odd === null ? [] : [this.broken('stock', this.odd.detail, this.odd.event)];
    if (doc.version !== this.revision) return found;
    if (doc.onHand !== this.onHand || doc.reserved !== this.reserved) {
      const read = `${doc.onHand} on hand and ${doc.reserved} reserved`;
      found.push(this.broken('stock', `${read} are read, ${this.onHand} and ${this.reserved} are there`, this.last));
    }
    if (doc.locations.some(({ onHand, available }) => onHand < 0 || available < 0) || doc.available < 0) {
      found.push(this.broken('stock', 'less than nothing is read to be there', this.last));
    }
    const paths = differing(doc, folded);
    if (paths.length > 0) {
      const where = paths.slice(0, 3).join(', ');
      found.push(this.broken('read-models', `what is read differs from what the log folds to at ${where}`, this.last));
    }
    return found;
  }

  private broken(invariant: InvariantName, detail: string, event: RecordedEvent | null): Broken {
    return { invariant, resource: `inventory/${this.sku}`, detail, eventIds: event === null ? [] : [event.id] };
  }

  private hold(orderId: string, units: number): void {
    const left = (this.holds.get(orderId) ?? 0) + units;
    if (left === 0) this.holds.delete(orderId);
    else this.holds.set(orderId, left);
  }

  private notice(detail: string, event: RecordedEvent): void {
    this.odd ??= { detail, event };
  }
}
