import type { DomainEvent } from '../../../domain/shared/index.js';
import type { JsonObject } from '../../../domain/shared/index.js';
import { positionOfNumber, type Position } from '../../../infra/shared/position.js';
import type { ReadAllOptions, ReadStreamOptions, RecordedEvent } from '../../../infra/event-store/index.js';

const METADATA = {
  commandId: '00000000-0000-7000-8000-000000000001',
  correlationId: '00000000-0000-7000-8000-000000000002',
  causationId: null,
  actor: 'anonymous',
};

/** Records events as a log would: revisions by stream, positions and times over all. */
export class EventLog<Event extends DomainEvent> {
  readonly events: RecordedEvent[] = [];
  private readonly revisions = new Map<string, number>();

  /** `at`: RFC 3339 UTC; by default a second after the one before. */
  append(stream: string, event: Event, at?: string): this {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    const number = this.events.length + 1;
    this.revisions.set(stream, revision);
    this.events.push({
      id: `event-${number}`,
      stream,
      revision,
      position: positionOfNumber(number),
      at: at ?? new Date(Date.UTC(2026, 10, 5, 12, 0, number)).toISOString(),
      type: event.type,
      data: event.data as JsonObject,
      metadata: METADATA,
    });
    return this;
  }

  /** A stream from its beginning, or from a revision on, and so many of its events. */
  async *read(
    name: string,
    { from = 0, limit = Infinity, direction }: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent> {
    const found = this.events.filter(({ stream, revision }) => stream === name && revision >= from);
    yield* (direction === 'backwards' ? found.toReversed() : found).slice(0, limit);
  }

  /** The whole log, or what is after a position, of some types where they are named. */
  async *readAll({ from = null, filter }: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    for (const event of this.events) {
      const isLeftOut = (from !== null && event.position <= from) || filter?.types?.includes(event.type) === false;
      if (!isLeftOut) yield event;
    }
  }

  positionBefore(time: string): Promise<Position | null> {
    return Promise.resolve(this.events.findLast(({ at }) => at < time)?.position ?? null);
  }
}
