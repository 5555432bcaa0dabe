import { withIds } from '../event-ids.js';
import type { RecordedEvent } from '../event-store.js';
import { batchOf } from '../test-support/index.js';
import { assertPosition, BEGINNING, offsetsOf, toPosition } from './positions.js';
import { RecentEvents } from './recent-events.js';

const at = (commit: number) => toPosition({ commit: BigInt(commit), prepare: BigInt(commit) });

function eventAt(commit: number): RecordedEvent {
  const [event] = withIds(batchOf());
  if (event === undefined) throw new Error('no event');
  return { ...event, stream: 'sample-1', revision: commit, position: at(commit), at: '2026-11-02T10:00:00.000Z' };
}

const commits = (events: readonly RecordedEvent[] | null) => events?.map(({ revision }) => revision) ?? null;

describe('the newest events', () => {
  test('go on from where they began, exclusively, and say nothing about what was before', () => {
    const recent = new RecentEvents(at(10));
    expect(recent.after(at(9), 5)).toBeNull();
    expect(recent.after(BEGINNING, 5)).toBeNull();
    expect(recent.after(at(10), 5)).toEqual([]);
    for (const commit of [20, 30, 40]) recent.push(eventAt(commit));
    expect(commits(recent.after(at(10), 5))).toEqual([20, 30, 40]);
    expect(commits(recent.after(at(20), 1))).toEqual([30]);
    // The place of an event that is none of ours.
    expect(commits(recent.after(at(25), 5))).toEqual([30, 40]);
    expect(commits(recent.after(at(99), 5))).toEqual([]);
    expect(recent.countAfter(at(20))).toBe(2);
    expect(recent.end).toBe(at(40));
  });

  test('begin at the beginning where the log was empty', () => {
    const recent = new RecentEvents(BEGINNING);
    recent.push(eventAt(1));
    expect(commits(recent.after(BEGINNING, 5))).toEqual([1]);
  });

  test('forget the oldest, and then say that something is missing', () => {
    const recent = new RecentEvents(BEGINNING, 4);
    for (let commit = 1; commit <= 20; commit += 1) {
      recent.push(eventAt(commit));
      const last = recent.last(4).map(({ revision }) => revision);
      expect(last).toEqual([commit - 3, commit - 2, commit - 1, commit].filter((kept) => kept > 0));
    }
    expect(recent.after(BEGINNING, 9)).toBeNull();
    expect(recent.after(at(15), 9)).toBeNull();
    expect(commits(recent.after(at(16), 9))).toEqual([17, 18, 19, 20]);
  });
});

describe('positions', () => {
  test('are in the order of the log as plain text, to the largest there can be', () => {
    const places = [
      { commit: 0n, prepare: 0n },
      { commit: 9n, prepare: 9n },
      { commit: 10n, prepare: 0n },
      { commit: 10n, prepare: 10n },
      { commit: 2n ** 63n - 1n, prepare: 2n ** 63n - 1n },
    ];
    const texts = places.map(toPosition);
    expect(texts).toEqual([...texts].sort());
    const exact = ({ commit, prepare }: ReturnType<typeof offsetsOf>) => ({
      commit: BigInt(commit),
      prepare: BigInt(prepare),
    });
    expect(texts.map((text) => exact(offsetsOf(text)))).toEqual(places);
  });

  test('of other logs are refused', () => {
    for (const position of ['0000000000000001', 'x', '1-1']) expect(() => assertPosition(position)).toThrow(RangeError);
    for (const position of [null, BEGINNING, at(1)]) expect(() => assertPosition(position)).not.toThrow();
  });
});
