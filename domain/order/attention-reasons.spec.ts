import { ATTENTION_CODES, attentionAt, reasonsOf } from './index.js';
import type { AttentionCode, RaisedFlag } from './index.js';

const at = (second: number): string => `2026-11-05T12:00:0${second}.000Z`;
const flag = (code: AttentionCode, second = 1): RaisedFlag => ({ code, detail: 'Refused.', at: at(second) });

describe('the reasons of an order that needs a person', () => {
  it('are those of its flags, and that a process waits', () => {
    const refund = { ...flag('PAYMENT.REFUND_FAILED', 2), refundId: 'r-1' };
    expect(reasonsOf([flag('PAYMENT.CAPTURE_FAILED'), refund])).toEqual([
      { reason: 'capture-failed', since: at(1), code: 'PAYMENT.CAPTURE_FAILED', detail: 'Refused.' },
      { reason: 'refund-failed', since: at(2), code: 'PAYMENT.REFUND_FAILED', detail: 'Refused.', refundId: 'r-1' },
      { reason: 'saga-stuck', since: at(1), detail: expect.any(String) },
    ]);
  });

  it.each(ATTENTION_CODES)('of %s have a stuck process once', (code) => {
    expect(reasonsOf([flag(code)]).filter(({ reason }) => reason === 'saga-stuck')).toHaveLength(1);
  });

  it('are none of an order without flags', () => expect(reasonsOf([])).toEqual([]));

  it.each([
    ['pending', 60_000, []],
    ['pending', 60_001, ['pending']],
    ['confirmed', 999_999, []],
  ] as const)('of one that is %s for %d ms are %j', (status, after, reasons) => {
    const order = { status, placedAt: at(1), attention: [] };
    expect(attentionAt(order, Date.parse(at(1)) + after).map(({ reason }) => reason)).toEqual(reasons);
  });
});
