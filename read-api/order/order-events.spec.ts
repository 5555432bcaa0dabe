import { MemoryEventStore } from '../../infra/event-store/test-support/memory-event-store.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { ProjectionProgress } from '../../infra/engine/projections/progress.js';
import type { DomainEvent, JsonObject } from '../../domain/shared/index.js';
import { orderOpened } from '../shared/test-support/index.js';
import { OrderEventsReader } from './order-events.js';
import { SealedOrderEvents } from './sealed-order-events.js';
import type { StockEventsOfOrder } from './order-streams.js';

const STREAM = 'order-o-1';
const SEALED = { sealed: 'c2VhbGVk', v: 1 };
const metadata = { commandId: 'c', correlationId: 'c', causationId: null, actor: 'anonymous' };
const note = (text: unknown): DomainEvent => ({
  type: 'order.note-added.v1',
  data: { orderId: 'o-1', noteId: 'n', createdAt: '2026-03-02T10:15:00.000Z', personId: 'p', text },
});
const opening = orderOpened('o-1');

/** A log of an order with three notes; `told` is what stands in them. */
async function logWith(told: unknown): Promise<MemoryEventStore> {
  const log = new MemoryEventStore();
  const personal = told === SEALED ? SEALED : { email: 'ada@example.com' };
  const events = [{ ...opening, data: { ...opening.data, personal } }, note(told), note(told), note(told)];
  await log.append(
    STREAM,
    events.map(({ type, data }, n) => ({ id: `e-${n}`, type, data: data as JsonObject, metadata })),
    'any',
  );
  return log;
}

describe('the events of an order', () => {
  it('are read sealed, and opened where they are asked for, with who opened the order', async () => {
    const progress = { look: async () => ({ position: '9' as Position }) } as unknown as ProjectionProgress;
    const stock = { read: async () => [] } as unknown as StockEventsOfOrder;
    const reader = new OrderEventsReader(
      await logWith('rang'),
      new SealedOrderEvents(await logWith(SEALED), progress, stock),
    );
    const textsOf = (events: readonly RecordedEvent[]) => events.slice(1).map(({ data }) => data['text']);
    const sealed = await reader.readSealed('o-1');
    expect(textsOf(sealed.events)).toEqual([SEALED, SEALED, SEALED]);
    const { opened, events } = await reader.open(sealed, ({ revision }) => revision === 1 || revision === 3);
    expect(textsOf(events)).toEqual(['rang', SEALED, 'rang']);
    expect(events[0]?.data).toEqual(opened);
    expect(opened.personal).toEqual({ email: 'ada@example.com' });
    expect(textsOf((await reader.read('o-1')).events)).toEqual(['rang', 'rang', 'rang']);
  });
});
