import { positionOfNumber } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { EventWatch } from '../shared/index.js';
import { CheckoutWatch, FailedPromotions } from './check-out-cart.handler.js';

const ended = { code: 'PAYMENT.DECLINED', detail: 'The card said no.' };

const eventsOf = (...types: readonly string[]): readonly RecordedEvent[] =>
  types.map((type, revision) => ({
    id: `e-${revision}`,
    stream: 'order-o-1',
    revision,
    position: positionOfNumber(10 + revision),
    at: '2026-11-02T10:00:00.000Z',
    type,
    data: ended,
    metadata: { commandId: 'c', correlationId: 'r', causationId: null, actor: 'a' },
  }));

const logOf = (events: readonly RecordedEvent[]): Pick<EventStore, 'read'> => ({
  async *read() {
    yield* events;
  },
});

const silent: EventWatch = { next: () => Promise.resolve(null) };
const placed = { orderId: 'o-1', recorded: positionOfNumber(5), repeated: true } as const;

const failed = new FailedPromotions();

describe('a checkout that was recorded earlier', () => {
  it.each([
    [
      'confirmed, though the order was cancelled since',
      ['confirmed', 'cancellation-requested', 'cancelled'],
      'confirmed',
    ],
    ['rejected', ['rejected'], 'rejected'],
    ['cancelled when the order was never confirmed', ['cancellation-requested', 'cancelled'], 'cancelled'],
  ])('was %s, as of then', async (_title, kinds, status) => {
    const events = eventsOf('order.opened.v1', ...kinds.map((kind) => `order.${kind}.v1`));
    const revision = events.findIndex(({ type }) => type === `order.${status}.v1`);
    const progress = await new CheckoutWatch(silent, logOf(events), failed).placed({ ...placed, wait: 10 });
    const rejection = status === 'rejected' ? { rejection: ended } : {};
    expect(progress).toEqual({ status, ...rejection, revision, position: positionOfNumber(10 + revision) });
  });

  it('is pending to who does not wait, whatever came after', async () => {
    const log = logOf(eventsOf('order.opened.v1', 'order.confirmed.v1'));
    const progress = await new CheckoutWatch(silent, log, failed).placed({ ...placed, wait: 0 });
    expect(progress).toEqual({ status: 'pending', revision: 0, position: positionOfNumber(10) });
  });

  it('is waited for while its order has not settled', async () => {
    const [opened, confirmed] = eventsOf('order.opened.v1', 'order.confirmed.v1');
    const next = (_stream: string, types: readonly string[]) =>
      Promise.resolve(confirmed !== undefined && types.includes(confirmed.type) ? confirmed : null);
    const watch = new CheckoutWatch({ next }, logOf(opened === undefined ? [] : [opened]), failed);
    expect(await watch.placed({ ...placed, wait: 10 })).toMatchObject({ status: 'confirmed', revision: 1 });
  });
});
