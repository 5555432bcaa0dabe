import { EventStoreDecorator } from '../../infra/event-store/event-store-decorator.js';
import type {
  EventStore,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
} from '../../infra/event-store/index.js';
import { checkoutBody, Client, expectStatus } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';
import { WriteSideApp } from '../test-support/write-side-app.js';

/** The log as a process sees it that is told late of what others append. */
class LateLog extends EventStoreDecorator {
  tell!: () => void;
  private readonly told = new Promise<void>((resolve) => (this.tell = resolve));

  static of(store: EventStore): LateLog {
    return new LateLog(store);
  }

  protected override onRead(event: RecordedEvent): RecordedEvent {
    return event;
  }

  override subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    return super.subscribe(options, {
      ...handler,
      onError: (error) => handler.onError(error),
      onEvents: async (events, upTo) => {
        await this.told;
        await handler.onEvents(events, upTo);
      },
    });
  }
}

describe('a process that has not yet been told of what another one appended', () => {
  let harness: Harness;
  let late: LateLog;
  let app: WriteSideApp;
  beforeEach(async () => {
    harness = await startHarness();
    late = LateLog.of(harness.store);
    app = await WriteSideApp.start(late);
  });
  afterEach(async () => {
    late.tell();
    await app.stop();
    await harness.stop();
  });

  it('checks a cart out with the line that the other one added to it', async () => {
    const { client } = harness;
    const other = new Client(app);
    const [first, second] = [await client.product(), await client.product()];
    const cartId = await client.cart([]);
    expectStatus(await other.post(`/v1/carts/${cartId}/items`, { sku: first, quantity: 1 }), 200);
    expectStatus(await client.post(`/v1/carts/${cartId}/items`, { sku: second, quantity: 1 }), 200);
    const answer = other.post(`/v1/carts/${cartId}/checkout`, checkoutBody());
    await Promise.race([answer, isCheckedOut(cartId)]);
    late.tell();
    expectStatus(await answer, 202);
  });

  async function isCheckedOut(cartId: string): Promise<void> {
    for (;;) {
      for await (const { type } of harness.store.read(`cart-${cartId}`, { direction: 'backwards', limit: 1 })) {
        if (type.startsWith('cart.checked-out')) return;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
});
