import type {
  EventStore,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
} from '../event-store/index.js';
import { EventStoreDecorator } from '../event-store/event-store-decorator.js';
import { errorName, isSampled, type Tracer } from './tracer.js';

/**
 * An event store whose subscribers' work is traced: a span a page and trace, so that each trace shows when what it set
 * off was worked in, and with how much it shared the page. Only once a subscription has caught up: what is folded again
 * by a rebuild was traced when it happened.
 */
export class TracedSubscriptions extends EventStoreDecorator {
  private readonly types: ReadonlySet<string>;

  constructor(
    inner: EventStore,
    private readonly tracer: Tracer,
    /** `name` of the spans; `types` of the events that the subscribers make something of. */
    private readonly work: { readonly name: string; readonly types: readonly string[] },
  ) {
    super(inner);
    this.types = new Set(work.types);
  }

  protected override changes(): boolean {
    return false;
  }

  protected onRead(event: RecordedEvent): RecordedEvent {
    return event;
  }

  override subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    let isLive = false;
    return super.subscribe(options, {
      onEvents: async (events, upTo) => {
        if (!isLive) return handler.onEvents(events, upTo);
        const startedAt = Date.now();
        try {
          await handler.onEvents(events, upTo);
        } catch (error) {
          this.trace(events, startedAt, errorName(error));
          throw error;
        }
        this.trace(events, startedAt);
      },
      onCaughtUp: () => {
        isLive = true;
        handler.onCaughtUp?.();
      },
      onError: (error) => handler.onError(error),
    });
  }

  private trace(events: readonly RecordedEvent[], startedAt: number, failure?: string): void {
    const counts = new Map<string, number>();
    for (const { type, metadata } of events) {
      const { traceparent } = metadata;
      if (traceparent === undefined || !this.types.has(type) || !isSampled(traceparent)) continue;
      counts.set(traceparent, (counts.get(traceparent) ?? 0) + 1);
    }
    for (const [parent, count] of counts) {
      const attributes = { 'cartwright.events': count, 'cartwright.page_events': events.length };
      const span = this.tracer.start({ name: this.work.name, kind: 'consumer', parent, startedAt, attributes });
      if (failure !== undefined) span.fail(failure);
      span.end();
    }
  }
}
