import { withIds } from '../event-ids.js';
import type { EventToAppend, RecordedEvent } from '../event-store.js';
import { positionOfNumber } from '../../shared/position.js';
import { allOf, batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
import { openSqliteEventStore, openSqliteForImport } from './index.js';

const newDirectory = temporaryDirectories();

/** Events as another log recorded them. */
const recorded = (stream: string, from: number, events: readonly EventToAppend[]): RecordedEvent[] =>
  withIds(events).map((event, index) => ({
    ...event,
    stream,
    revision: from + index,
    position: positionOfNumber(1_000 + index),
    at: `2025-01-02T03:04:05.00${from + index}Z`,
  }));

const ofOneStream = (count: number, stream = newStream()): RecordedEvent[] => recorded(stream, 0, batchOf({ count }));

const withoutPosition = ({ id, stream, revision, at, type, data, metadata }: RecordedEvent) => ({
  id,
  stream,
  revision,
  at,
  type,
  data,
  metadata,
});

describe('taking over the events of another log', () => {
  it('keeps ids, revisions, content and times, and counts positions anew in the order of the calls', async () => {
    const log = await openSqliteForImport(newDirectory());
    const [one, other] = [ofOneStream(2), ofOneStream(1)];
    await Promise.all([
      log.importRecorded(one[0]?.stream ?? '', one.slice(0, 1), 'no-stream'),
      log.importRecorded(other[0]?.stream ?? '', other, 'no-stream'),
      log.importRecorded(one[0]?.stream ?? '', one.slice(1), 0),
    ]);
    const all = await allOf(log.readAll());
    expect(all.map(withoutPosition)).toEqual(
      [one[0], other[0], one[1]].map((event) => event && withoutPosition(event)),
    );
    expect(all.map(({ position }) => Number(position))).toEqual([1, 2, 3]);
    await log.close();
  });

  it('adds nothing when the same stretch comes again, also within a longer one of its own', async () => {
    const log = await openSqliteForImport(newDirectory());
    const events = ofOneStream(3);
    const stream = events[0]?.stream ?? '';
    await log.importRecorded(stream, events, 'no-stream');
    await log.importRecorded(stream, events, 'no-stream');
    await log.importRecorded(stream, events.slice(1), 0);
    expect(await allOf(log.readAll())).toHaveLength(3);
    await log.close();
  });

  it('refuses a gap, and other content under a known id', async () => {
    const log = await openSqliteForImport(newDirectory());
    const events = ofOneStream(3);
    const stream = events[0]?.stream ?? '';
    await log.importRecorded(stream, events.slice(0, 1), 'no-stream');
    await expect(log.importRecorded(stream, events.slice(2), 1)).rejects.toMatchObject({
      name: 'WrongExpectedRevisionError',
      actual: 0,
    });
    const changed = events.slice(0, 1).map((event) => ({ ...event, type: 'sample.other.v1' }));
    await expect(log.importRecorded(stream, changed, 'no-stream')).rejects.toThrow('with other content');
    expect(await allOf(log.readAll())).toHaveLength(1);
    await log.close();
  });

  it('keeps or undoes what was handed over together as a whole', async () => {
    const log = await openSqliteForImport(newDirectory());
    const [good, gap] = [ofOneStream(2), ofOneStream(2)];
    const outcomes = await Promise.allSettled([
      log.importRecorded(good[0]?.stream ?? '', good, 'no-stream'),
      log.importRecorded(gap[0]?.stream ?? '', gap.slice(1), 0),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await log.head()).toBeNull();
    await log.importRecorded(good[0]?.stream ?? '', good, 'no-stream');
    expect(await allOf(log.readAll())).toHaveLength(2);
    await log.close();
  });

  it('ends when an engine writes to the same log', async () => {
    const directory = newDirectory();
    const log = await openSqliteForImport(directory);
    const engine = await openSqliteEventStore({ directory, access: 'read-write' });
    await engine.append(newStream(), batchOf(), 'no-stream');
    const events = ofOneStream(1);
    await expect(log.importRecorded(events[0]?.stream ?? '', events, 'no-stream')).rejects.toThrow(
      'another process writes to this log',
    );
    await engine.close();
    await log.close();
  });

  it('leaves a log that goes on: later events follow in position and time', async () => {
    const directory = newDirectory();
    const log = await openSqliteForImport(directory);
    const events = ofOneStream(2);
    const stream = events[0]?.stream ?? '';
    await log.importRecorded(stream, events, 'no-stream');
    await log.close();
    const engine = await openSqliteEventStore({ directory, access: 'read-write' });
    expect(engine.logId).toBe(log.logId);
    const appended = await engine.append(stream, batchOf(), 1);
    expect(appended).toMatchObject({ revision: 2, position: positionOfNumber(3) });
    expect((appended.events[0]?.at ?? '') > (events[1]?.at ?? '')).toBe(true);
    await engine.close();
  });
});
