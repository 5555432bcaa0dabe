import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../domain/shared/index.js';
import { readModels } from '../../projections/index.js';
import { pastEvents } from '../../read-api/events/event-feed.js';
import { pseudonymousView } from '../../read-api/events/event-view.js';
import { orderStory } from '../../read-api/shared/test-support/index.js';
import { openRawEventStore } from '../app/adapters.js';
import type { EventStore } from '../event-store/index.js';
import { startTestServer, type TestServer } from '../event-store/eventstoredb/test-server/index.js';
import { temporaryDirectories } from '../event-store/test-support/index.js';
import { exportLog } from './export/export-log.js';
import { ModelTrial } from './what-if/model-trial.js';
import { runWhatIf } from './what-if/run-what-if.js';
import { replayModel } from './replay/replay-model.js';

const newDirectory = temporaryDirectories();
const serverSecret = Buffer.alloc(32, 7);

describe('what analysts do on the command line, with the log on EventStoreDB', () => {
  let server: TestServer;
  let log: EventStore;
  beforeEach(async () => {
    server = await startTestServer();
    const writer = await openRawEventStore(server.url, 'read-write');
    for (const id of ['1', '2']) await appendStory(writer, id);
    await writer.close();
    log = await openRawEventStore(server.url, 'read-only');
  });
  afterEach(async () => {
    await log.close();
    await server.close();
  });

  async function appendStory(store: EventStore, id: string): Promise<void> {
    for (const { stream, event } of orderStory(id, `tea-${id}`)) {
      const metadata = { commandId: randomUUID(), correlationId: randomUUID(), causationId: null, actor: 'anonymous' };
      await store.append(stream, [{ type: event.type, data: event.data as JsonObject, metadata }], 'any');
    }
  }

  async function feed(): Promise<readonly string[]> {
    const view = pseudonymousView(log, serverSecret);
    const head = await log.head();
    if (head === null) throw new Error('the log is empty');
    const lines: string[] = [];
    for await (const page of pastEvents(log, { from: null }, head)) lines.push(...page.map(view.lineOf));
    return lines;
  }
  const positionOf = (line = ''): string => (JSON.parse(line) as { position: string }).position;

  it('exports what the feed has, in parts that follow each other', async () => {
    const lines = await feed();
    const out = join(newDirectory(), 'out');
    const source = { sealed: log, serverSecret };
    const half = await exportLog(source, { format: 'ndjson', out, to: positionOf(lines[9]) });
    expect([half.count, half.position]).toEqual([10, positionOf(lines[9])]);
    const whole = await exportLog(source, { format: 'ndjson', out });
    expect([whole.count, whole.position]).toEqual([lines.length, positionOf(lines.at(-1))]);
    expect(readFileSync(join(out, 'events.ndjson'), 'utf8')).toBe(lines.join(''));
    const { count } = await exportLog(source, { format: 'parquet', out: join(newDirectory(), 'parquet') });
    expect(count).toBe(lines.length);
  });

  it('replays a read model, and folds one of an analyst’s own', async () => {
    const lines = await feed();
    const at = lines.findIndex((line) => line.includes('"inventory.received.v1"'));
    const source = { sealed: log, serverSecret, models: readModels, warn: () => undefined };
    const replayed: unknown[] = [];
    for await (const line of replayModel(source, { readModel: 'stock', until: positionOf(lines[at]) }))
      replayed.push(JSON.parse(line));
    expect(replayed).toEqual([{ id: 'tea-1', doc: expect.objectContaining({ sku: 'tea-1', reserved: 0 }) as unknown }]);

    const key = ({ type }: { readonly type: string }): string => type;
    const evolve = (doc: unknown): unknown => ({ seen: ((doc as { seen?: number } | null)?.seen ?? 0) + 1 });
    const on = Object.fromEntries(lines.map((line) => [(JSON.parse(line) as { type: string }).type, { key, evolve }]));
    const trial = new ModelTrial({ name: 'seen', on }, pseudonymousView(log, serverSecret), null);
    const run = { file: join(newDirectory(), 'f.ts'), after: null, upTo: await log.head(), resume: false };
    const { rows } = await runWhatIf(log, trial, run);
    expect(rows).toContainEqual({ what: '/seen', whatIf: String(lines.length) });
  });
});
