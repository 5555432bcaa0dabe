import fc from 'fast-check';
import { positionOfNumber } from '../../shared/position.js';
import { Watermark, type OpenEvent } from './cursor.js';

describe('watermark', () => {
  it('stands before the first event that has an open input, however many later ones are done', () => {
    const watermark = new Watermark(null);
    const first = watermark.take(positionOfNumber(1), 2);
    const second = watermark.take(positionOfNumber(2), 1);
    watermark.pass(positionOfNumber(9));
    watermark.finish(second);
    watermark.finish(first);
    expect(watermark.position).toBeNull();
    watermark.finish(first);
    expect(watermark.position).toBe(positionOfNumber(9));
  });

  it('stands before an event that several sagas follow until the last of them has taken it', () => {
    const watermark = new Watermark(null);
    const [one, other] = [watermark.take(positionOfNumber(7), 1), watermark.take(positionOfNumber(7), 1)];
    watermark.pass(positionOfNumber(7));
    watermark.finish(one);
    expect(watermark.position).toBeNull();
    watermark.finish(other);
    expect(watermark.position).toBe(positionOfNumber(7));
  });

  it('is what a slow reckoning says, in whatever order events are finished', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            takes: fc.nat(2),
            sagas: fc.integer({ min: 1, max: 3 }),
            finishes: fc.array(fc.nat(), { maxLength: 3 }),
          }),
        ),
        (pages) => {
          const watermark = new Watermark(null);
          const open: { readonly event: OpenEvent; readonly at: number }[] = [];
          pages.forEach(({ takes, sagas, finishes }, page) => {
            const end = (page + 1) * 10;
            for (let at = end - takes; at < end; at++)
              for (let saga = 0; saga < sagas; saga++)
                open.push({ event: watermark.take(positionOfNumber(at), 1), at });
            watermark.pass(positionOfNumber(end));
            for (const place of finishes) {
              const [done] = open.length === 0 ? [] : open.splice(place % open.length, 1);
              if (done !== undefined) watermark.finish(done.event);
            }
            const first = open[0];
            if (first === undefined) expect(watermark.position).toBe(positionOfNumber(end));
            else expect((watermark.position ?? '') < positionOfNumber(first.at)).toBe(true);
            expect(watermark.waiting).toBe(open.length);
          });
        },
      ),
    );
  });

  it('does not keep what is done behind one event that takes long', () => {
    const watermark = new Watermark(null);
    const slow = watermark.take(positionOfNumber(1), 1);
    for (let at = 2; at <= 10_000; at++) watermark.finish(watermark.take(positionOfNumber(at), 1));
    expect(JSON.stringify(watermark).length).toBeLessThan(200_000);
    watermark.finish(slow);
    expect(watermark.position).toBe(positionOfNumber(10_000));
  });
});
