import { bucketOf, couponBatchDecider, couponDecider, couponIn, normalisedCode, takenCodes } from './index.js';
import type { CouponBucketEvent, CouponCommand, CouponState, IssueCodes } from './index.js';
import { couponSnapshot } from './state.js';

const ids = [
  '2a7f3b1c9d0e4f5061728394a5b6c7d8',
  '2a51c0ffee4d5e6f708192a3b4c5d6e7',
  '2a6fffffffffffffffffffffffffffff',
];
const [first = '', second = '', third = ''] = ids;
const bucket = bucketOf(first);
const codeOf = (couponId: string) => `CODE-${ids.indexOf(couponId)}`;
const expiresAt = '2026-03-01T12:15:00.000Z';

const issue = (couponIds: readonly string[], more: Partial<IssueCodes> = {}): IssueCodes => ({
  type: 'issue-codes',
  bucket,
  promotionId: 'summer',
  holderId: 'holder-1',
  batchId: 'batch-1',
  uses: 1,
  codes: couponIds.map((couponId) => ({ couponId, code: codeOf(couponId) })),
  ...more,
});
const issued = (couponIds: readonly string[], more: object = {}) => ({
  type: 'coupon.codes-issued.v1',
  data: {
    bucket,
    promotionId: 'summer',
    holderId: 'holder-1',
    batchId: 'batch-1',
    uses: 1,
    ids: couponIds,
    codes: couponIds.map(codeOf),
    ...more,
  },
});
const use = (type: 'reserve-use' | 'commit-use' | 'release-use' | 'return-use', orderId: string, couponId = first) => ({
  type,
  couponId,
  orderId,
  customer: 'anna',
  amount: { amount: 500, currency: 'EUR' },
  expiresAt,
});

/** What the last command comes to after the others: its events, or the code of its refusal. */
function after(...commands: readonly CouponCommand[]): {
  readonly last: readonly CouponBucketEvent[] | string;
  readonly state: CouponState;
} {
  let state = couponDecider.initialState();
  let last: readonly CouponBucketEvent[] | string = [];
  for (const command of commands) {
    const decision = couponDecider.decide(command, state);
    last = decision.accepted ? decision.events : decision.refusal.code;
    if (decision.accepted) state = decision.events.reduce(couponDecider.evolve, state);
  }
  return { last, state };
}
const lastOf = (...commands: readonly CouponCommand[]) => after(...commands).last;

describe('a code', () => {
  it.each([
    ['summer-26', 'SUMMER-26'],
    ['  Summer26\n', 'SUMMER26'],
    ['----', '----'],
    ['A'.repeat(64), 'A'.repeat(64)],
    ['abc', null],
    ['A'.repeat(65), null],
    ['SUMMER 26', null],
    ['SÜMMER', null],
    // In upper case these would be `STRASSE` and `KIND`.
    ['straße', null],
    ['kınd', null],
    ['', null],
  ])('%j is read as %j', (typed, code) => {
    expect(normalisedCode(typed)).toBe(code);
  });
});

describe('a bucket', () => {
  it('is one of 1,024, by the first bits of the id', () => {
    expect([bucketOf(`000${first}`), bucketOf(`003${first}`), bucketOf(`004${first}`)]).toEqual(['000', '000', '001']);
    expect([bucketOf(`fff${first}`), bucket, bucketOf(second), bucketOf(third)]).toEqual(['3ff', '0a9', '0a9', '0a9']);
  });
});

describe('issuing codes', () => {
  it('records them with their ids and terms', () => {
    expect(lastOf(issue([first, second], { uses: 5, usesPerCustomer: 1 }))).toEqual([
      issued([first, second], { uses: 5, usesPerCustomer: 1 }),
    ]);
  });

  it('goes on where the batch was interrupted', () => {
    expect(lastOf(issue([first]), issue([first, second, third]))).toEqual([issued([second, third])]);
    expect(lastOf(issue([first, second]), issue([first, second]))).toEqual([]);
  });

  it('is refused as a whole where another batch has one of them, whatever became of it', () => {
    const other = issue([third, first], { batchId: 'batch-2' });
    const { last, state } = after(issue([first]), { type: 'deactivate-coupon', couponId: first }, other);
    expect(last).toBe('COUPON.CODE_TAKEN');
    expect(takenCodes(state, 'batch-2', other.codes)).toEqual([{ couponId: first, code: codeOf(first) }]);
    expect(takenCodes(state, 'batch-1', other.codes)).toEqual([]);
  });

  it('can be taken back, but for what somebody was faster to use', () => {
    const withdraw: CouponCommand = { type: 'withdraw-codes', bucket, batchId: 'batch-1' };
    const { last, state } = after(issue([first, second]), use('reserve-use', 'o1'), withdraw);
    expect(last).toEqual([
      { type: 'coupon.codes-withdrawn.v1', data: { bucket, batchId: 'batch-1', ids: [first, second] } },
    ]);
    expect(couponIn(state, second)).toBeUndefined();
    expect(couponIn(state, first)).toMatchObject({ status: 'deactivated' });
    expect(lastOf(issue([first]), withdraw, withdraw)).toEqual([]);
    expect(lastOf(issue([first], { batchId: 'batch-2' }), withdraw)).toEqual([]);
  });
});

describe('a coupon', () => {
  it('is found with what a checkout needs to know of it', () => {
    const { state } = after(issue([first, second], { uses: 2, usesPerCustomer: 1 }), use('reserve-use', 'o1'));
    const terms = { couponId: first, promotionId: 'summer', holderId: 'holder-1', status: 'active', used: 0 };
    expect(couponIn(state, first)).toEqual({ ...terms, isUsedUp: false });
    expect(couponIn(state, first, 'anna')).toEqual({ ...terms, isUsedUp: true });
    expect(couponIn(state, third)).toBeUndefined();
  });

  it('is deactivated once, and is not one that nobody knows', () => {
    const deactivate: CouponCommand = { type: 'deactivate-coupon', couponId: first };
    expect(lastOf(issue([first]), deactivate)).toEqual([
      { type: 'coupon.deactivated.v1', data: { bucket, couponId: first } },
    ]);
    expect(lastOf(issue([first]), deactivate, deactivate)).toEqual([]);
    expect(lastOf(deactivate)).toBe('COUPON.UNKNOWN');
  });
});

describe('a batch', () => {
  it('is requested once', () => {
    const { initialState, decide, evolve } = couponBatchDecider;
    const batch = { promotionId: 'summer', holderId: 'holder-1', batchId: 'batch-1', uses: 1, count: 3 };
    const event = { type: 'coupon-batch.requested.v1', data: batch } as const;
    const command = { type: 'request-batch', ...batch } as const;
    expect(decide(command, initialState())).toMatchObject({ events: [event] });
    expect(decide(command, evolve(initialState(), event))).toMatchObject({ events: [] });
  });
});

describe('the use of a coupon', () => {
  const hold = { bucket, couponId: first, orderId: 'o1', expiresAt };

  it('is held, committed and returned', () => {
    const asked = [issue([first]), use('reserve-use', 'o1')];
    expect(lastOf(...asked)).toEqual([{ type: 'coupon.use-reserved.v1', data: hold }]);
    expect(lastOf(...asked, use('reserve-use', 'o1'))).toEqual([]);
    expect(lastOf(...asked, use('reserve-use', 'o2'))).toBe('COUPON.USED_UP');
    const { expiresAt: _, ...committed } = hold;
    const confirmed = [...asked, use('commit-use', 'o1')];
    expect(lastOf(...confirmed)).toEqual([{ type: 'coupon.use-committed.v1', data: committed }]);
    expect(couponIn(after(...confirmed).state, first)).toMatchObject({ used: 1, isUsedUp: true });
    const returned = [...confirmed, use('return-use', 'o1')];
    expect(lastOf(...returned)).toEqual([{ type: 'coupon.use-returned.v1', data: hold }]);
    expect(lastOf(...returned, use('return-use', 'o1'))).toEqual([]);
    expect(couponIn(after(...returned).state, first)).toMatchObject({ used: 0, isUsedUp: false });
  });

  it('is released, or closed where it was never held, and then not given to the order any more', () => {
    const released = [issue([first]), use('reserve-use', 'o1'), use('release-use', 'o1')];
    expect(lastOf(...released)).toEqual([{ type: 'coupon.use-released.v1', data: hold }]);
    expect(lastOf(...released, use('reserve-use', 'o1'))).toBe('COUPON.USED_UP');
    expect(lastOf(...released, use('reserve-use', 'o2'))).toMatchObject([{ type: 'coupon.use-reserved.v1' }]);
    const closed = [issue([first]), use('release-use', 'o1')];
    expect(lastOf(...closed)).toEqual([{ type: 'coupon.use-closed.v1', data: hold }]);
    expect(lastOf(...closed, use('reserve-use', 'o1'))).toBe('COUPON.USED_UP');
  });

  it('names the customer only where that is limited', () => {
    expect(lastOf(issue([first], { uses: 9, usesPerCustomer: 1 }), use('reserve-use', 'o1'))).toEqual([
      { type: 'coupon.use-reserved.v1', data: { ...hold, customer: 'anna' } },
    ]);
  });

  it('is refused where the coupon is unknown or deactivated, but an order that has it keeps it', () => {
    expect(lastOf(use('reserve-use', 'o1'))).toBe('COUPON.UNKNOWN');
    const deactivate: CouponCommand = { type: 'deactivate-coupon', couponId: first };
    expect(lastOf(issue([first]), deactivate, use('reserve-use', 'o1'))).toBe('COUPON.UNKNOWN');
    const held = [issue([first]), use('reserve-use', 'o1'), deactivate];
    expect(lastOf(...held, use('reserve-use', 'o1'))).toEqual([]);
    expect(lastOf(...held, use('commit-use', 'o1'))).toMatchObject([{ type: 'coupon.use-committed.v1' }]);
  });

  it('of a coupon that is not there is nothing to end', () => {
    for (const type of ['commit-use', 'release-use', 'return-use'] as const)
      expect(lastOf(use(type, 'o1'))).toEqual([]);
  });
});

describe('a bucket in a snapshot', () => {
  it('reads back as the folded state', () => {
    const { state } = after(
      issue([first, second], { uses: 3, usesPerCustomer: 2 }),
      issue([third], { batchId: 'batch-2' }),
      use('reserve-use', 'o1'),
      use('commit-use', 'o1'),
      use('reserve-use', 'o2'),
      use('release-use', 'o3'),
      { type: 'deactivate-coupon', couponId: second },
    );
    const json = JSON.stringify(couponSnapshot.write(state));
    expect(couponSnapshot.read(JSON.parse(json))).toEqual(state);
    expect(json).not.toContain('CODE-');
  });

  it('is no larger for many orders that have used one of its coupons', () => {
    const { initialState, decide, evolve } = couponDecider;
    let state = initialState();
    const run = (command: CouponCommand) => {
      const decision = decide(command, state);
      if (!decision.accepted) throw new Error(decision.refusal.code);
      state = decision.events.reduce(evolve, state);
    };
    run(issue([first], { uses: 50_000 }));
    const sizeOf = () => JSON.stringify(couponSnapshot.write(state)).length;
    run(use('reserve-use', 'o'));
    run(use('commit-use', 'o'));
    const small = sizeOf();
    for (let n = 1; n < 50_000; n += 1) {
      run(use('reserve-use', `o${n}`));
      run(use('commit-use', `o${n}`));
    }
    expect(couponIn(state, first)).toMatchObject({ used: 50_000, isUsedUp: true });
    expect(sizeOf()).toBeLessThan(small + 10);
  });
});
