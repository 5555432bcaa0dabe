import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { JsonObject } from '../../../domain/shared/index.js';
import { positionOfNumber } from '../../shared/position.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import type { LogImporter } from '../../event-store/log-importer.js';
import { batchOf } from '../../event-store/test-support/index.js';
import { copyEvents } from './copy-events.js';
import { resumePoint } from './resume-point.js';

const EVENTS = 2_500;
const STREAMS = 60;

/** A log in memory that answers appends in an order of its own, and fails one where it is told to. */
class LooseLog implements LogImporter, Pick<EventStore, 'readAll' | 'read'> {
  readonly events: RecordedEvent[] = [];
  appends = 0;
  atOnce = 0;
  mostAtOnce = 0;
  failAt = Infinity;

  add(event: Omit<RecordedEvent, 'position'>): void {
    this.events.push({ ...event, position: positionOfNumber(this.events.length + 1) });
  }

  async importRecorded(stream: string, events: readonly RecordedEvent[], expected: number | 'no-stream') {
    this.appends += 1;
    const number = this.appends;
    this.mostAtOnce = Math.max(this.mostAtOnce, (this.atOnce += 1));
    for (let turns = (number * 7) % 11; turns > 0; turns -= 1) await turn();
    this.atOnce -= 1;
    if (number === this.failAt) throw new Error('the connection is lost');
    const last = this.events.findLast((event) => event.stream === stream)?.revision ?? -1;
    if (last !== (expected === 'no-stream' ? -1 : expected)) throw new Error(`${stream} is at ${last}`);
    for (const event of events) this.add(event);
  }

  async *readAll({ from = null, direction = 'forwards' }: Parameters<EventStore['readAll']>[0] = {}) {
    const events = direction === 'forwards' ? this.events : this.events.toReversed();
    for (const event of events) if (from === null || event.position > from) yield event;
  }

  async *read(stream: string, { from = 0 }: Parameters<EventStore['read']>[1] = {}) {
    for (const event of this.events) if (event.stream === stream && event.revision >= Number(from)) yield event;
  }
}

/** Requests that each leave events in two streams, one after the other, `apartMs` after the one before. */
function logOf(count: number, apartMs: number): LooseLog {
  const [log, revisions] = [new LooseLog(), new Map<string, number>()];
  for (let index = 0; index < count; index += 1) {
    const [event] = batchOf();
    if (event === undefined) throw new Error('no event');
    const request = Math.floor(index / 2);
    const stream = `sample-${(request * 13 + (index % 2) * 29) % STREAMS}`;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const metadata = { ...event.metadata, correlationId: `request-${request}` };
    log.add({ ...event, id: randomUUID(), stream, revision, metadata, at: new Date(request * apartMs).toISOString() });
  }
  return log;
}

async function copy(source: LooseLog, target: LooseLog): Promise<void> {
  const upTo = source.events.at(-1)?.position;
  if (upTo === undefined) throw new Error('nothing to copy');
  const [from, to] = [source as unknown as EventStore, target as unknown as EventStore];
  const { after, known } = (await resumePoint(from, to)) ?? { after: null, known: new Map<string, number>() };
  await copyEvents({ source: from, target, after, known, upTo, commitsPages: false, onCopied: () => {} });
}

function idsBy({ events }: LooseLog, keyOf: (event: RecordedEvent) => string): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const event of events) ids.set(keyOf(event), [...(ids.get(keyOf(event)) ?? []), event.id]);
  return ids;
}
const streamOf = ({ stream }: RecordedEvent): string => stream;
const requestOf = ({ metadata }: RecordedEvent): string => metadata.correlationId;

describe('events that are copied side by side', () => {
  it('keep the order of each stream and of what came of one request', async () => {
    const [source, target] = [logOf(EVENTS, 1), new LooseLog()];
    await copy(source, target);
    expect(target.mostAtOnce).toBeGreaterThan(10);
    expect(target.events.map(({ id }) => id)).not.toEqual(source.events.map(({ id }) => id));
    expect(idsBy(target, streamOf)).toEqual(idsBy(source, streamOf));
    expect(idsBy(target, requestOf)).toEqual(idsBy(source, requestOf));
  });

  it('keep the order of what is about one product, whose streams are several', async () => {
    const [source, target] = [new LooseLog(), new LooseLog()];
    const [event] = batchOf();
    if (event === undefined) throw new Error('no event');
    const add = (stream: string, data: JsonObject, request: string): void => {
      const metadata = { ...event.metadata, correlationId: request };
      source.add({ ...event, id: randomUUID(), stream, revision: 0, data, metadata, at: new Date(0).toISOString() });
    };
    for (let n = 0; n < 30; n += 1) {
      add(`variant-s${n}`, { sku: `s${n}` }, `created-${n}`);
      add(`product-p${n}`, { variants: [{ sku: `s${n}` }, { sku: `t${n}` }] }, `created-${n}`);
      add(`inventory-t${n}`, { sku: `t${n}` }, `received-${n}`);
    }
    await copy(source, target);
    const productOf = ({ stream }: RecordedEvent): string => stream.replace(/^.*-./, '');
    expect(target.events.map(({ id }) => id)).not.toEqual(source.events.map(({ id }) => id));
    expect(idsBy(target, productOf)).toEqual(idsBy(source, productOf));
  });

  it('keep their order where more than a second lies between them', async () => {
    const [source, target] = [logOf(200, 1_500), new LooseLog()];
    await copy(source, target);
    expect(target.events.map(({ id }) => id)).toEqual(source.events.map(({ id }) => id));
  });

  it.each([3, 71, 400, 911])('are each there once, interrupted every %i appends until the end', async (appends) => {
    const [source, target] = [logOf(EVENTS, 1), new LooseLog()];
    let interrupted = 0;
    for (let isDone = false; !isDone;) {
      target.failAt = target.appends + Math.max(appends, 3 * interrupted);
      isDone = await copy(source, target).then(
        () => true,
        (error: unknown) => {
          expect(String(error)).toContain('the connection is lost');
          return false;
        },
      );
      if (!isDone) interrupted += 1;
    }
    expect(interrupted).toBeGreaterThan(0);
    expect(target.events).toHaveLength(EVENTS);
    expect(idsBy(target, streamOf)).toEqual(idsBy(source, streamOf));
    expect(idsBy(target, requestOf)).toEqual(idsBy(source, requestOf));
  });
});
