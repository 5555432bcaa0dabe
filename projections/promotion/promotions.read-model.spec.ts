import fc from 'fast-check';
import type { CartCheckedOut } from '../../domain/cart/index.js';
import type { OrderEvent } from '../../domain/order/index.js';
import { promotionDecider, type PromotionCommand, type PromotionStreamEvent } from '../../domain/promotion/index.js';
import type { PromotionUse } from '../../domain/shared/index.js';
import { decideAll, EventLog, fold } from '../shared/test-support/index.js';
import { promotionsReadModel, type PromotionDocument } from './promotions.read-model.js';

const details = {
  name: 'A tenth',
  priority: 0,
  combines: 'all',
  trigger: 'automatic',
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
} as const;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const created = (promotionId: string): PromotionStreamEvent => ({
  type: 'promotion.created.v1',
  data: { promotionId, ...details },
});
const confirmed = (orderId: string, ...discounted: readonly PromotionUse[]): OrderEvent => ({
  type: 'order.confirmed.v1',
  data: { orderId, lines: [], ...(discounted.length > 0 && { discounted }) },
});
const cancelled = (orderId: string, ...discounted: readonly PromotionUse[]): OrderEvent => ({
  type: 'order.cancelled.v1',
  data: { orderId, lines: [], wholly: discounted.length > 0, ...(discounted.length > 0 && { discounted }) },
});

type Followed = PromotionStreamEvent | OrderEvent | CartCheckedOut;

const documents = (log: Pick<EventLog<Followed>, 'events'>) =>
  fold(promotionsReadModel, log.events) as ReadonlyMap<string, object> as ReadonlyMap<string, PromotionDocument>;
const logOf = (...ids: readonly string[]) =>
  ids.reduce((log, id) => log.append(`promotion-${id}`, created(id)), new EventLog<Followed>());

describe('the promotions that are listed', () => {
  it('have what was said of them last, and the status that they have come to', () => {
    const log = logOf('p');
    const status = () => documents(log).get('p')?.status;
    const happens = (event: PromotionStreamEvent) => log.append('promotion-p', event);
    expect(documents(log).get('p')).toEqual({
      promotionId: 'p',
      details,
      status: 'draft',
      orders: 0,
      takenOff: {},
      createdAt: log.events[0]?.at,
      version: 0,
    });
    happens({ type: 'promotion.activated.v1', data: { promotionId: 'p' } });
    happens({ type: 'promotion.begun.v1', data: { promotionId: 'p' } });
    expect(status()).toBe('active');
    happens({
      type: 'promotion.changed.v1',
      data: { promotionId: 'p', ...details, name: 'More', limits: { uses: 2 } },
    });
    expect(documents(log).get('p')).toMatchObject({ details: { name: 'More', limits: { uses: 2 } }, version: 3 });
    happens({ type: 'promotion.paused.v1', data: { promotionId: 'p' } });
    expect(status()).toBe('paused');
    happens({
      type: 'promotion.use-closed.v1',
      data: { promotionId: 'p', orderId: 'o', expiresAt: '2026-11-02T10:00:00.000Z' },
    });
    happens({ type: 'promotion.ended.v1', data: { promotionId: 'p', by: 'window' } });
    expect(documents(log).get('p')).toMatchObject({ status: 'ended', version: 6, orders: 0 });
  });

  it('say since when they cannot be worked out and for how many checkouts, until somebody changes them', () => {
    const log = logOf('p', 'q');
    const checkedOut = (...failed: readonly string[]) => {
      const failedPromotions = failed.map((id) => ({ promotionId: id, error: `TypeError: ${id}` }));
      const data = { orderId: 'o', ...(failed.length > 0 && { failedPromotions }) };
      log.append('cart-c', { type: 'cart.checked-out.v1', data } as unknown as CartCheckedOut);
      return log.events.at(-1)?.at;
    };
    const failing = (id: string) => documents(log).get(id)?.failing;
    checkedOut();
    expect(failing('p')).toBeUndefined();
    const since = checkedOut('p', 'q');
    checkedOut('p');
    const { reserved, changed } = {
      reserved: {
        type: 'promotion.use-closed.v1',
        data: { promotionId: 'p', orderId: 'o', expiresAt: '2026-11-02T10:00:00.000Z' },
      },
      changed: { type: 'promotion.changed.v1', data: { promotionId: 'p', ...details } },
    } as const;
    log.append('promotion-p', reserved);
    expect(failing('p')).toEqual({ since, checkouts: 2, error: 'TypeError: p' });
    expect(failing('q')).toEqual({ since, checkouts: 1, error: 'TypeError: q' });
    log.append('promotion-p', changed);
    log.append('promotion-q', { type: 'promotion.paused.v1', data: { promotionId: 'q' } });
    expect([failing('p'), failing('q')]).toEqual([undefined, undefined]);
  });

  it('have the status and the terms that decide about them, whatever is asked for', () => {
    const at = '2026-11-02T10:00:00.000Z';
    const command = fc.oneof(
      fc.constantFrom<PromotionCommand>(
        { type: 'activate-promotion', at },
        { type: 'pause-promotion' },
        { type: 'follow-window', at: '2026-12-01T00:00:00.000Z' },
      ),
      fc
        .record({ priority: fc.nat(3), to: fc.constantFrom(null, '2026-11-20T00:00:00Z') })
        .map((changes): PromotionCommand => ({ type: 'change-promotion', changes, at })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const create: PromotionCommand = { type: 'create-promotion', promotionId: 'p', promotion: details };
        const { state, events } = decideAll(promotionDecider, [create, ...commands]);
        const log = new EventLog<PromotionStreamEvent>();
        for (const event of events) log.append('promotion-p', event);
        const { status, details: known, version } = documents(log).get('p') ?? {};
        expect([status, version]).toEqual([state.status, events.length - 1]);
        expect(known).toEqual('details' in state ? state.details : null);
      }),
    );
  });

  it('count the orders that have them, each with what it saved, and no more where they were cancelled wholly', () => {
    const log = logOf('p', 'q');
    log
      .append('order-1', confirmed('1', { promotionId: 'p', amount: eur(300) }, { promotionId: 'q', amount: eur(5) }))
      .append('order-2', confirmed('2', { promotionId: 'p', amount: usd(200) }))
      .append('order-3', confirmed('3'))
      .append('order-4', confirmed('4', { promotionId: 'p', amount: eur(40) }));
    expect(documents(log).get('p')).toMatchObject({ orders: 3, takenOff: { EUR: '340', USD: '200' }, version: 0 });
    expect(documents(log).get('q')).toMatchObject({ orders: 1, takenOff: { EUR: '5' } });
    log
      .append('order-2', cancelled('2', { promotionId: 'p', amount: usd(200) }))
      .append('order-4', cancelled('4'))
      .append('order-3', cancelled('3'));
    expect(documents(log).get('p')).toMatchObject({ orders: 2, takenOff: { EUR: '340', USD: '0' } });
  });

  it('have sums that are exact however large', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const log = logOf('p');
    for (const id of ['1', '2', '3']) log.append(`order-${id}`, confirmed(id, { promotionId: 'p', amount: eur(most) }));
    expect(documents(log).get('p')?.takenOff).toEqual({ EUR: String(3n * BigInt(most)) });
  });
});
