import { anyJson, listOf, named, object, optional, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import type { JsonObject } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { jsonChanges } from '../../infra/shared/json-changes.js';
import { ordersReadModel, staffOrderView } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { foldEvent } from '../shared/index.js';

const OrderChange = object({
  path: text('JSON Pointer into the order; places in lists are those before the change.', '/payment/status'),
  before: optional(anyJson('Absent where there was nothing.', 'authorized')),
  after: optional(anyJson('Absent where there is nothing any more.', 'captured')),
  by: text('Id of the last event that changed it.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
});
type OrderChange = Of<typeof OrderChange>;

/** What became of an order between two moments. */
export const OrderDiff = named(
  'OrderDiff',
  object(
    { changes: listOf(OrderChange, 'Members in the order of their names.') },
    'What changed of an order; applied to the earlier answer it makes the later one. `version` is left out.',
  ),
);
export type OrderDiff = Of<typeof OrderDiff>;

/** The order as staff sees it, which is what is compared. */
type Shown = JsonObject | null;

/** Folds an order event by event, and remembers what changed each place last. */
export class OrderChanges {
  #doc: OrderDocument | null = null;
  #shown: Shown = null;
  /** What is shown as text, as most events of a long history, such as notes, change nothing of it. */
  #text = '';
  #start: Shown = null;
  /** Every place that an event changed, in the order of the events. */
  readonly #steps: { readonly path: string; readonly by: string }[] = [];

  constructor(private readonly orderId: string) {}

  /** Whether the order was there at the start. */
  get hasStarted(): boolean {
    return this.#start !== null;
  }

  fold(event: RecordedEvent): void {
    this.#doc = foldEvent<OrderDocument>(ordersReadModel, { id: this.orderId, doc: this.#doc }, event);
    const text = shownText(this.#doc);
    if (text === this.#text) return;
    this.#text = text;
    // The document is changed in place by the next event.
    const shown = text === '' ? null : (JSON.parse(text) as JsonObject);
    for (const { path } of jsonChanges(this.#shown, shown)) this.#steps.push({ path, by: event.id });
    this.#shown = shown;
  }

  /** Takes what there is by now as the earlier of the two moments. */
  start(): void {
    this.#start = this.#shown;
  }

  all(): readonly OrderChange[] {
    return [...jsonChanges(this.#start, this.#shown)].map((change) => ({ ...change, by: this.#lastAt(change.path) }));
  }

  /** The last event that changed a place, a part of it or a whole that it is in. */
  #lastAt(path: string): string {
    const step = this.#steps.findLast((one) => isWithin(one.path, path) || isWithin(path, one.path));
    if (step === undefined) throw new RangeError(`no event has changed ${path}`);
    return step.by;
  }
}

const isWithin = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}/`);

/** Empty where there is no order yet. */
function shownText(doc: OrderDocument | null): string {
  if (doc === null) return '';
  const { version: _, ...shown } = staffOrderView(doc);
  return JSON.stringify(shown);
}
