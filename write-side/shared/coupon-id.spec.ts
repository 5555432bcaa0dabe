import { bucketOf } from '../../domain/coupon/index.js';
import { couponIdOf } from './coupon-id.js';

const secret = Buffer.from('a secret for specs alone');

describe('the id of a coupon', () => {
  it('follows from its code and the secret', () => {
    expect(couponIdOf(secret, 'SUMMER-26')).toBe(couponIdOf(secret, 'SUMMER-26'));
    expect(couponIdOf(secret, 'SUMMER-26')).toMatch(/^[0-9a-f]{32}$/);
    expect(couponIdOf(secret, 'SUMMER-27')).not.toBe(couponIdOf(secret, 'SUMMER-26'));
    expect(couponIdOf(Buffer.from('another'), 'SUMMER-26')).not.toBe(couponIdOf(secret, 'SUMMER-26'));
  });

  it('spreads codes evenly over all buckets', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 102_400; n += 1) {
      const bucket = bucketOf(couponIdOf(secret, `CODE-${n}`));
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    expect(counts.size).toBe(1_024);
    // 100 each, ± five standard deviations.
    expect(Math.min(...counts.values())).toBeGreaterThan(50);
    expect(Math.max(...counts.values())).toBeLessThan(150);
  });
});
