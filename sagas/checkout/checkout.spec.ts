import fc from 'fast-check';
import type { CommandReply } from '../../infra/engine/sagas/index.js';
import { Driven, event, idOf, no, SILENCE, YES } from '../test-support/drive.js';
import { checkoutSaga, type CheckoutState } from './checkout.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const usd = (amount: number) => ({ amount, currency: 'USD' });
const line = (sku: string, quantity: number) => ({ sku, quantity });

const checkedOut = (lines = [line('TEA', 2), line('MUG', 1)]) =>
  event('cart.checked-out.v1', { cartId: 'c-1', orderId: ORDER, lines, totals: { total: usd(1_500) } });
const cancelled = event('order.cancellation-requested.v1', { orderId: ORDER, confirmed: false });
const authorizedByWebhook = event('payment.authorized.v1', { orderId: ORDER, amount: usd(1_500) });
const actionRequired = event('payment.action-required.v1', { orderId: ORDER });
const confirmed = event('order.confirmed.v1', { orderId: ORDER, lines: [] });
const declinedByWebhook = event('payment.declined.v1', { orderId: ORDER, code: 'PAYMENT.DECLINED', detail: 'No.' });

const RESERVING = ['open-order', 'reserve:TEA', 'reserve:MUG'];
const UNDOING = ['release:TEA', 'release:MUG', 'reopen-cart'];

const begun = () => new Driven<CheckoutState>(checkoutSaga).happens(checkedOut());
const authorizing = () => begun().answered(YES, ...RESERVING);
const confirming = () => authorizing().answered(YES, 'authorize');

const short = (sku: string, requested: number, available: number): CommandReply => ({
  outcome: 'refused',
  refusal: { code: 'INVENTORY.INSUFFICIENT_STOCK', detail: 'No.', extra: { sku, requested, available } },
});

function rejection({ sent }: Driven<CheckoutState>): string {
  const last = sent.at(-1);
  return last?.command.type === 'reject-order' ? last.command.code : `none, but ${last?.key}`;
}

describe('checkout', () => {
  it('opens the order and reserves everything at once, lines of one SKU summed', () => {
    const { sent, keys } = new Driven<CheckoutState>(checkoutSaga).happens(
      checkedOut([line('TEA', 2), line('MUG', 1), line('TEA', 3)]),
    );
    expect(keys).toEqual(RESERVING);
    expect(sent[1]?.command).toMatchObject({ quantity: 5, expiresAt: '2026-11-02T10:15:00.000Z' });
  });

  it('reserves no stock for gift cards, and lets none go', () => {
    const card = { ...line('CARD', 2), kind: 'gift-card' };
    const both = new Driven<CheckoutState>(checkoutSaga).happens(checkedOut([line('TEA', 2), card]));
    expect(both.keys).toEqual(['open-order', 'reserve:TEA']);
    both.answered(YES, 'reserve:TEA', 'open-order').answered(no('PAYMENT.DECLINED'), 'authorize');
    expect(both.keys).toContain('release:TEA');
    expect(both.keys).not.toContain('release:CARD');
    const alone = new Driven<CheckoutState>(checkoutSaga).happens(checkedOut([card]));
    expect(alone.answered(YES, 'open-order').keys).toEqual(['open-order', 'authorize']);
  });

  it('asks for the money when the last of the answers is in, in whatever order they come', () => {
    expect(begun().answered(YES, 'reserve:MUG', 'open-order').keys).not.toContain('authorize');
    expect(begun().answered(YES, 'reserve:MUG', 'open-order', 'reserve:TEA').keys.at(-1)).toBe('authorize');
  });

  it('confirms when stock and money are held, and then ends', () => {
    const saga = confirming();
    expect(saga.keys).toEqual([...RESERVING, 'authorize', 'confirm']);
    expect([...saga.timers.keys()]).toEqual([]);
    expect(saga.answered(YES, 'confirm').done).toBe(false);
    expect(saga.happens(confirmed).done).toBe(true);
  });

  it('never asks for money that it has no stock for, and rejects after all has been undone', () => {
    const saga = begun().answered(short('MUG', 1, 0), 'reserve:MUG');
    expect(saga.keys).toEqual(RESERVING);
    saga.answered(YES, 'open-order', 'reserve:TEA');
    expect(saga.keys.slice(3)).toEqual(UNDOING);
    saga.answered(YES, ...UNDOING);
    expect(rejection(saga)).toBe('INVENTORY.INSUFFICIENT_STOCK');
    expect(saga.answered(YES, 'reject').done).toBe(true);
  });

  it('names every SKU that was short and no other, in the order of the lines, whatever is heard first', () => {
    const skus = ['TEA', 'MUG', 'JAR', 'LID', 'POT', 'CUP'];
    const saga = new Driven<CheckoutState>(checkoutSaga).happens(checkedOut(skus.map((sku) => line(sku, 7))));
    for (const sku of ['CUP', 'LID', 'JAR', 'TEA']) saga.answered(short(sku, 7, 5), `reserve:${sku}`);
    saga.answered(YES, 'open-order', 'reserve:MUG', 'reserve:POT');
    saga.answered(YES, ...skus.map((sku) => `release:${sku}`), 'reopen-cart');
    expect(saga.sent.at(-1)?.command).toEqual({
      type: 'reject-order',
      code: 'INVENTORY.INSUFFICIENT_STOCK',
      detail:
        'There is too little of TEA (7 asked for, 5 available), JAR (7 asked for, 5 available), ' +
        'LID (7 asked for, 5 available) and 1 more.',
      lines: ['TEA', 'JAR', 'LID', 'CUP'].map((sku) => ({ sku, requested: 7, available: 5 })),
    });
  });

  it('names no SKU where stock was not what it failed by', () => {
    const saga = begun()
      .happens(cancelled)
      .answered(short('MUG', 1, 0), 'reserve:MUG');
    saga.answered(YES, 'open-order', 'reserve:TEA', ...UNDOING);
    expect(saga.sent.at(-1)?.command).not.toHaveProperty('lines');
  });

  it('leaves it to the payment whether there is anything to void after a refusal', () => {
    const saga = authorizing().answered(no('PAYMENT.INSUFFICIENT_FUNDS'), 'authorize');
    expect(saga.keys.slice(4)).toEqual([...UNDOING, 'void']);
    expect(saga.sent.at(-1)?.command).toEqual({ type: 'void', orderId: ORDER, reason: 'PAYMENT.INSUFFICIENT_FUNDS' });
    expect(rejection(saga.answered(YES, ...UNDOING, 'void'))).toBe('PAYMENT.INSUFFICIENT_FUNDS');
  });

  it('asks a silent provider again after 1, 2, 4, 8 and 8 seconds', () => {
    const saga = authorizing();
    const pauses = [1, 2, 3, 4, 5].map(() => {
      saga.answered(SILENCE, 'authorize');
      const pause = saga.dueIn('ask-again');
      saga.fires('ask-again');
      return pause;
    });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    expect(saga.keys.filter((key) => key === 'authorize')).toHaveLength(6);
  });

  it('goes on with the first definite answer, and an answer of the call that comes later changes nothing', () => {
    const saga = authorizing().answered(SILENCE, 'authorize').happens(authorizedByWebhook);
    expect(saga.keys.at(-1)).toBe('confirm');
    const { length } = saga.sent;
    saga.answered(YES, 'authorize').happens(authorizedByWebhook).fires('ask-again').fires('give-up');
    expect(saga.sent).toHaveLength(length);
  });

  it('takes a decline by webhook as the answer', () => {
    const saga = authorizing()
      .answered(SILENCE, 'authorize')
      .happens(declinedByWebhook)
      .answered(YES, ...UNDOING, 'void');
    expect(rejection(saga)).toBe('PAYMENT.DECLINED');
  });

  it('gives up 25 seconds after it first asked: the payment fails, then everything is undone', () => {
    const saga = authorizing();
    expect(saga.dueIn('give-up')).toBe(25_000);
    saga.answered(SILENCE, 'authorize').fires('give-up');
    expect(saga.keys.at(-1)).toBe('fail-payment');
    saga.answered(YES, 'fail-payment');
    expect(saga.keys.slice(-4)).toEqual([...UNDOING, 'void']);
    expect(rejection(saga.answered(YES, ...UNDOING, 'void'))).toBe('PAYMENT.TIMEOUT');
    expect(saga.answered(YES, 'reject').done).toBe(false);
  });

  it.each<[string, (saga: Driven<CheckoutState>) => void]>([
    ['before', (saga) => saga.happens(authorizedByWebhook).answered(YES, ...UNDOING, 'void', 'reject', 'void-late')],
    [
      'after',
      (saga) =>
        saga
          .answered(YES, ...UNDOING, 'void', 'reject')
          .happens(authorizedByWebhook)
          .answered(YES, 'void-late'),
    ],
  ])('voids an authorisation that comes %s the rejection, once, and only then ends', (_, goOn) => {
    const saga = authorizing().fires('give-up').answered(YES, 'fail-payment');
    goOn(saga);
    expect(saga.keys.filter((key) => key === 'void-late')).toHaveLength(1);
    expect(saga.done).toBe(true);
  });

  it('gives up nothing that the provider was never asked for', () => {
    const saga = authorizing().fires('give-up').answered(no('PAYMENT.NOT_FOUND'), 'fail-payment');
    expect(saga.keys).not.toContain('release:TEA');
    expect([saga.state.phase, saga.state.failure, saga.dueIn('give-up')]).toEqual(['authorizing', null, 25_000]);
    saga.answered(YES, 'authorize');
    expect(saga.keys.at(-1)).toBe('confirm');
  });

  it('lets the provider be asked for ten minutes, which is less than its stock is held', () => {
    const sent = authorizing().sent.at(-1);
    expect(sent?.command).toMatchObject({ type: 'authorize', askBy: '2026-11-02T10:10:00.000Z' });
  });

  it('is rejected when the provider could not be asked in time', () => {
    const saga = authorizing().fires('give-up').answered(no('PAYMENT.NOT_FOUND'), 'fail-payment');
    saga.answered(no('PAYMENT.TIMEOUT'), 'authorize').answered(YES, ...UNDOING, 'void');
    expect(rejection(saga)).toBe('PAYMENT.TIMEOUT');
  });

  it('lets go of nothing once it confirms, also when its hold would expire', () => {
    const saga = confirming().fires('hold-expiry').fires('give-up').happens(declinedByWebhook);
    expect(saga.answered(YES, 'authorize', 'reserve:TEA').keys.at(-1)).toBe('confirm');
  });

  it('lets go what it held for a quarter of an hour', () => {
    const saga = begun();
    expect(saga.dueIn('hold-expiry')).toBe(900_000);
    saga.fires('hold-expiry').answered(YES, ...RESERVING, ...UNDOING);
    expect(rejection(saga)).toBe('INVENTORY.HOLD_EXPIRED');
    expect(saga.keys).not.toContain('authorize');
  });

  it('waits for what is under way when a cancellation comes, then undoes it', () => {
    const early = begun()
      .happens(cancelled)
      .answered(YES, ...RESERVING);
    expect(early.keys).not.toContain('authorize');
    const late = authorizing().happens(cancelled);
    expect(late.keys.at(-1)).toBe('authorize');
    expect(late.answered(YES, 'authorize').keys.slice(-4)).toEqual([...UNDOING, 'void']);
  });

  it('leaves the cancellation of a confirmed order to its fulfilment', () => {
    const late = event('order.cancellation-requested.v1', { orderId: ORDER, confirmed: true });
    expect([idOf(checkoutSaga, cancelled), idOf(checkoutSaga, late)]).toEqual([ORDER, null]);
  });

  it('leaves it to the order which came first, confirmation or cancellation', () => {
    expect(confirming().happens(cancelled).answered(YES, 'confirm').happens(confirmed).done).toBe(true);
    const saga = confirming().happens(cancelled).answered(no('ORDER.CANCELLATION_REQUESTED'), 'confirm');
    expect(saga.keys.slice(-4)).toEqual([...UNDOING, 'void']);
  });

  it.each<[string, string, (saga: Driven<CheckoutState>) => void]>([
    ['the reservation that was refused', 'event-by-reserve:MUG', (saga) => saga.answered(no('X'), 'reserve:MUG')],
    [
      'the decline',
      declinedByWebhook.id,
      (saga) =>
        saga
          .answered(YES, ...RESERVING)
          .answered(SILENCE, 'authorize')
          .happens(declinedByWebhook),
    ],
    ['who cancelled', cancelled.id, (saga) => saga.happens(cancelled)],
  ])('names as the cause of a rejection %s, not what was undone last', (_, cause, fail) => {
    const saga = begun();
    fail(saga);
    saga.answered(YES, ...RESERVING, ...UNDOING, 'void');
    expect(saga.sent.at(-1)).toMatchObject({ key: 'reject', causationId: cause });
    expect(saga.sent.filter(({ causationId }) => causationId !== undefined)).toHaveLength(1);
  });

  it('does not reject an order that another cart had opened', () => {
    const saga = begun().answered(no('ORDER.ALREADY_OPEN'), 'open-order').answered(YES, 'reserve:TEA', 'reserve:MUG');
    saga.answered(YES, ...UNDOING);
    expect(saga.done).toBe(true);
    expect(saga.keys).not.toContain('reject');
  });
});

describe('any checkout', () => {
  const reply = fc.constantFrom<CommandReply>(YES, YES, YES, no('SOME.CODE'), SILENCE);
  const outside = fc.constantFrom(cancelled, authorizedByWebhook, declinedByWebhook, actionRequired, checkedOut());
  const turn = fc.record({
    /** Which of the unanswered commands is answered next, by its place. */
    next: fc.nat(),
    reply,
    twice: fc.boolean(),
    timer: fc.option(fc.constantFrom('hold-expiry', 'ask-again', 'give-up'), { freq: 6 }),
    event: fc.option(outside, { freq: 6 }),
  });

  /** Only the payment gateway may be silent, and what undoes is never refused. */
  function possible(key: string, given: CommandReply): CommandReply {
    const undoing = /^(release|void|reopen|reject|fail)/.test(key);
    return undoing || (given.outcome === 'unknown' && key !== 'authorize') ? YES : given;
  }

  it('ends, and everything it may have taken is given back unless it is confirmed', () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 40, maxLength: 60 }), (turns) => {
        const saga = begun();
        const unanswered: string[] = [...saga.keys];
        const replies = new Map<string, CommandReply>();
        let seen = saga.sent.length;
        const collect = (): void => {
          unanswered.push(...saga.keys.slice(seen));
          seen = saga.sent.length;
        };
        const answerOne = (place: number, given: CommandReply, twice: boolean): void => {
          const [key] = unanswered.splice(place % unanswered.length, 1);
          if (key === undefined) return;
          const actual = possible(key, given);
          replies.set(key, actual);
          saga.answered(actual, ...(twice ? [key, key] : [key]));
          if (key === 'confirm' && actual.outcome === 'accepted') saga.happens(confirmed);
          collect();
        };
        for (const { next, reply: given, twice, timer, event: occurrence } of turns) {
          if (occurrence !== null) saga.happens(occurrence);
          if (timer !== null && saga.timers.has(timer)) saga.fires(timer);
          collect();
          if (unanswered.length > 0) answerOne(next, given, twice);
        }
        // Whatever happened, the rest goes well: no answer stays out, and no timer is forgotten.
        for (let round = 0; round < 50 && !saga.done; round++) {
          while (unanswered.length > 0) answerOne(0, YES, false);
          for (const key of Array.from(saga.timers.keys())) saga.fires(key);
          collect();
        }
        expectEnded(saga, replies);
      }),
      { numRuns: 500 },
    );
  });

  function expectEnded(saga: Driven<CheckoutState>, replies: ReadonlyMap<string, CommandReply>): void {
    const { keys, state } = saga;
    if (keys.includes('confirm') && replies.get('confirm')?.outcome === 'accepted') {
      expect(saga.done).toBe(true);
      expect(keys.some((key) => key.startsWith('release') || key.startsWith('void'))).toBe(false);
      return;
    }
    expect(state.phase).toBe('watching');
    expect(keys).toEqual(expect.arrayContaining(UNDOING));
    if (keys.includes('authorize')) expect(keys).toContain('void');
    const opened = replies.get('open-order')?.outcome === 'accepted';
    expect(keys.filter((key) => key === 'reject')).toHaveLength(opened ? 1 : 0);
    const undone = Math.max(...UNDOING.map((key) => keys.lastIndexOf(key)));
    if (opened) expect(keys.indexOf('reject')).toBeGreaterThan(undone);
  }
});
