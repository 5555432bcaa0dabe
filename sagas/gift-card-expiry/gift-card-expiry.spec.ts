import { begins, Driven, event, idOf, no, YES } from '../test-support/drive.js';
import { giftCardExpirySaga, type GiftCardExpiryState } from './gift-card-expiry.js';

const expiresAt = '2028-11-02T10:00:00.000Z';
const card = { giftCardId: 'card-1', seed: 's', amount: { amount: 5000, currency: 'EUR' } };
const issued = event('gift-card.issued.v1', { ...card, expiresAt });

describe('a gift card that ends', () => {
  it('expires at its time, once', () => {
    expect([idOf(giftCardExpirySaga, issued), begins(giftCardExpirySaga, issued)]).toEqual(['card-1', true]);
    const saga = new Driven<GiftCardExpiryState>(giftCardExpirySaga).happens(issued).happens(issued);
    expect([saga.keys, saga.timers]).toEqual([[], new Map([['expiry', expiresAt]])]);
    saga.fires('expiry');
    expect(saga.sent).toEqual([{ key: 'expire', target: 'giftcard', id: 'card-1', command: { type: 'expire' } }]);
    saga.answered(YES, 'expire');
    expect([saga.done, saga.timers.size]).toEqual([true, 0]);
  });

  it('is not expired by a timer or an answer that is none of its own', () => {
    const saga = new Driven<GiftCardExpiryState>(giftCardExpirySaga).happens(issued);
    const { state } = saga;
    saga.fires('any').answered(YES, 'any').answered(no('LATE'), 'any');
    expect([saga.state, saga.done, saga.keys]).toEqual([state, false, []]);
  });

  it('is not looked after where it never ends', () => {
    const endless = event('gift-card.issued.v1', card);
    expect(idOf(giftCardExpirySaga, endless)).toBeNull();
    expect(new Driven<GiftCardExpiryState>(giftCardExpirySaga).happens(endless).timers.size).toBe(0);
  });
});
