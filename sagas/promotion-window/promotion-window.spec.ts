import { begins, Driven, event, idOf, YES } from '../test-support/drive.js';
import { promotionWindowSaga, type PromotionWindowState } from './promotion-window.js';

const promotionId = 'p-1';
const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-11-02T10:00:00.000Z');
const inDays = (days: number): string => new Date(NOW + days * DAY).toISOString();

const activated = (window: { from?: string; to?: string } = {}) =>
  event('promotion.activated.v1', { promotionId, ...window });
const changed = (window: { from?: string; to?: string } = {}) =>
  event('promotion.changed.v1', { promotionId, name: 'A tenth', ...window });
const [begun, paused, ended] = ['begun', 'paused', 'ended'].map((what) =>
  event(`promotion.${what}.v1`, { promotionId }),
) as [ReturnType<typeof event>, ReturnType<typeof event>, ReturnType<typeof event>];

const [usedUp, usableAgain] = ['used-up', 'usable-again'].map((what) =>
  event(`promotion.${what}.v1`, { promotionId }),
) as [ReturnType<typeof event>, ReturnType<typeof event>];

const saga = () => new Driven<PromotionWindowState>(promotionWindowSaga);
const dated = () => saga().happens(activated({ from: inDays(1), to: inDays(2) }));
const sentAt = ({ sent }: Driven<PromotionWindowState>) => sent.at(-1)?.command;

describe('the window of a promotion', () => {
  it('belongs to its promotion, from its activation on', () => {
    for (const one of [activated(), changed(), begun, paused, ended, usedUp, usableAgain]) {
      expect(idOf(promotionWindowSaga, one)).toBe(promotionId);
      expect(begins(promotionWindowSaga, one)).toBe(one.type === 'promotion.activated.v1');
    }
  });

  it('is followed at its beginning and at its end', () => {
    const one = dated();
    expect([one.dueIn('begin'), one.dueIn('end')]).toEqual([DAY, 2 * DAY]);
    expect(one.sent).toEqual([
      {
        key: 'follow',
        unawaited: true,
        target: 'promotion-window',
        id: promotionId,
        command: { type: 'follow-window', at: inDays(0) },
      },
    ]);
    expect(sentAt(one.answered(YES, 'follow').fires('begin'))).toEqual({ type: 'follow-window', at: inDays(1) });
    one.happens(begun).answered(YES, 'follow');
    expect([one.timers.has('begin'), one.done]).toEqual([false, false]);
    expect(sentAt(one.fires('end'))).toEqual({ type: 'follow-window', at: inDays(2) });
    one.happens(ended);
    expect([one.timers.size, one.done]).toEqual([0, false]);
    expect(one.answered(YES, 'follow').done).toBe(true);
  });

  it('has the register told when the last use is taken and when there is one again, until it has ended', () => {
    const one = saga().happens(activated()).answered(YES, 'follow').happens(begun).answered(YES, 'follow');
    expect(one.happens(usedUp).happens(usableAgain).keys).toEqual(['follow', 'follow', 'follow', 'follow']);
    expect(one.happens(ended).happens(usableAgain).keys).toHaveLength(5);
  });

  it('is followed at once where its times have passed, or where there are none', () => {
    for (const window of [{}, { from: inDays(-1) }, { from: inDays(0), to: inDays(0) }]) {
      const one = saga().happens(activated(window));
      expect([one.sent.length, one.timers.size]).toEqual([1, 0]);
    }
  });

  it('is moved by a change, which is followed too', () => {
    const one = dated().happens(changed({ from: inDays(3), to: inDays(5) }));
    expect([one.dueIn('begin'), one.dueIn('end'), one.sent.length]).toEqual([3 * DAY, 5 * DAY, 2]);
    one.happens(changed({ to: inDays(4) }));
    expect([one.timers.has('begin'), one.dueIn('end')]).toEqual([false, 4 * DAY]);
    one.happens(changed());
    expect([one.timers.size, one.sent.length]).toEqual([0, 4]);
  });

  it('has an end but no beginning while the promotion is paused', () => {
    const one = dated().happens(paused);
    expect([one.timers.has('begin'), one.dueIn('end'), one.sent.length]).toEqual([false, 2 * DAY, 2]);
    one.happens(changed({ from: inDays(3), to: inDays(5) }));
    expect([one.timers.has('begin'), one.dueIn('end')]).toEqual([false, 5 * DAY]);
    one.happens(activated({ from: inDays(3), to: inDays(5) }));
    expect([one.dueIn('begin'), one.dueIn('end')]).toEqual([3 * DAY, 5 * DAY]);
  });

  it('is followed at the time that a timer was set for, where the clock was put back since', () => {
    const one = dated();
    const early = promotionWindowSaga.onTimeout(one.state, { key: 'begin', cause: 'c' }, inDays(0));
    expect(early.commands).toMatchObject([{ command: { at: inDays(1) } }]);
  });

  it('is over once the promotion has ended', () => {
    const one = dated().happens(ended);
    const sent = one.sent.length;
    one
      .happens(changed({ from: inDays(3) }))
      .happens(begun)
      .happens(paused);
    expect([one.sent.length, one.state.status, one.timers.size]).toEqual([sent, 'ended', 0]);
  });

  it('has nothing to do about what is not its own', () => {
    const one = dated();
    const { state } = one;
    const sent = one.sent.length;
    one.answered(YES, 'none-of-its-own').fires('none-of-its-own');
    one.answered(YES, 'follow').answered(YES, 'follow');
    expect([one.state, one.done, one.sent.length]).toEqual([state, false, sent]);
  });
});
