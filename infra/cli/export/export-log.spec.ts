import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { parse } from 'csv-parse/sync';
import type { JsonObject } from '../../../domain/shared/index.js';
import { pseudonymousView } from '../../../read-api/events/event-view.js';
import { pastEvents } from '../../../read-api/events/event-feed.js';
import { orderStory } from '../../../read-api/shared/test-support/index.js';
import { openLog, type Log } from '../../app/stores/stores.js';
import { loadConfig } from '../../config/load-config.js';
import { temporaryDirectories } from '../../event-store/test-support/temporary-directory.js';
import { exportLog, type ExportOptions } from './export-log.js';
import type { Manifest } from './manifest.js';

const newDirectory = temporaryDirectories();
const serverSecret = Buffer.alloc(32, 7);
let log: Log;
let out: string;
beforeEach(async () => {
  log = await openLog(loadConfig({ DATA_DIR: newDirectory() }), 'read-write');
  out = join(newDirectory(), 'export');
  for (const id of ['1', '2', '3']) await appendStory(id);
});
afterEach(() => log.close());

async function appendStory(id: string): Promise<void> {
  for (const { stream, event } of orderStory(id, `tea-${id}`)) {
    const metadata = { commandId: randomUUID(), correlationId: randomUUID(), causationId: null, actor: 'anonymous' };
    await log.stored.append(stream, [{ type: event.type, data: event.data as JsonObject, metadata }], 'any');
  }
}

const run = (options: Partial<ExportOptions> = {}, writeAfter = 1): Promise<Manifest> =>
  exportLog({ sealed: log.sealed, serverSecret, writeAfter }, { format: 'ndjson', out, ...options });

/** Lines as the feed of an analyst has them. */
async function feed(): Promise<string[]> {
  const view = pseudonymousView(log.sealed, serverSecret);
  const head = await view.log.head();
  const lines: string[] = [];
  if (head === null) return lines;
  for await (const page of pastEvents(view.log, { from: null }, head)) lines.push(...page.map(view.lineOf));
  return lines;
}

interface Line {
  readonly position: string;
  readonly type: string;
  readonly at: string;
  readonly data: object;
}
const parsed = (line: string): Line => JSON.parse(line) as Line;
const textOf = (file: string): string => readFileSync(join(out, file), 'utf8');
const written = ({ files }: Manifest): string[] => files.flatMap(({ file }) => textOf(file).split(/(?<=\n)/));
const byPosition = (lines: readonly string[]): string[] =>
  lines.toSorted((one, other) => (parsed(one).position < parsed(other).position ? -1 : 1));

describe('an export as NDJSON', () => {
  it('is what an analyst reads at the feed, with a manifest that is kept', async () => {
    const manifest = await run();
    const lines = await feed();
    expect(textOf('events.ndjson')).toBe(lines.join(''));
    const position = parsed(lines.at(-1) ?? '').position;
    const bytes = Buffer.byteLength(lines.join(''));
    expect(manifest).toEqual({
      logId: log.sealed.logId,
      format: 'ndjson',
      by: null,
      count: lines.length,
      from: null,
      position,
      files: [{ file: 'events.ndjson', count: lines.length, bytes }],
    });
    expect(JSON.parse(textOf('manifest.json'))).toEqual(manifest);
    expect(textOf('events.ndjson')).not.toContain('example.com');
  });

  it('has a file for each type, or each day', async () => {
    const lines = await feed();
    const byType = await run({ by: 'type' });
    expect(byPosition(written(byType))).toEqual(lines);
    for (const { file, count } of byType.files) {
      const types = textOf(file)
        .trimEnd()
        .split('\n')
        .map((line) => parsed(line).type);
      expect([types.length, [...new Set(types)]]).toEqual([count, [file.replace(/\.ndjson$/, '')]]);
    }
    out = join(newDirectory(), 'days');
    const byDay = await run({ by: 'day' });
    expect(written(byDay)).toEqual(lines);
    expect(byDay.files.map(({ file }) => file)).toEqual([`${parsed(lines[0] ?? '').at.slice(0, 10)}.ndjson`]);
  });

  it('adds what is new when it is run again, and nothing where nothing is', async () => {
    await run({ by: 'type' });
    expect(await run({ by: 'type' })).toEqual(JSON.parse(textOf('manifest.json')));
    await appendStory('4');
    expect(byPosition(written(await run({ by: 'type' })))).toEqual(await feed());
  });

  it('goes from after one position up to another, or from a time on', async () => {
    const lines = await feed();
    const [from, to] = [parsed(lines[3] ?? '').position, parsed(lines[8] ?? '').position];
    expect(written(await run({ from, to }))).toEqual(lines.slice(4, 9));
    expect(written(await run({ from }))).toEqual(lines.slice(4));
    out = join(newDirectory(), 'times');
    const { at } = parsed(lines[5] ?? '');
    expect(written(await run({ from: at }))).toEqual(lines.filter((line) => parsed(line).at >= at));
    out = join(newDirectory(), 'until');
    expect(written(await run({ to: at }))).toEqual(lines.filter((line) => parsed(line).at <= at));
  });

  it('cuts off what was written after the manifest, and goes on there', async () => {
    const lines = await feed();
    await run({ by: 'type', to: parsed(lines[8] ?? '').position });
    const first = readdirSync(out).find((name) => name.endsWith('.ndjson'));
    appendFileSync(join(out, first ?? ''), '{"half":');
    writeFileSync(join(out, 'never.recorded.v1.ndjson'), 'written before the manifest was');
    expect(byPosition(written(await run({ by: 'type' })))).toEqual(lines);
    expect(existsSync(join(out, 'never.recorded.v1.ndjson'))).toBe(false);
  });

  it('of a log without events is empty', async () => {
    const empty = await openLog(loadConfig({ DATA_DIR: newDirectory() }), 'read-write');
    const manifest = await exportLog({ sealed: empty.sealed, serverSecret }, { format: 'ndjson', out });
    await empty.close();
    expect([manifest.count, manifest.position, manifest.files]).toEqual([0, null, []]);
  });
});

describe('an export that is refused', () => {
  it('says that the directory holds something else', async () => {
    await run();
    await expect(run({ format: 'csv' })).rejects.toThrow('is an export as ndjson');
    await expect(run({ by: 'day' })).rejects.toThrow('is an export as ndjson');
    await expect(run({ from: parsed((await feed())[2] ?? '').position })).rejects.toThrow('from the beginning');
    out = newDirectory();
    writeFileSync(join(out, 'thesis.doc'), 'not ours');
    await expect(run()).rejects.toThrow('is neither empty nor an export');
    expect(readdirSync(out)).toEqual(['thesis.doc']);
    writeFileSync(join(out, 'manifest.json'), '{}');
    await expect(run()).rejects.toThrow('is no manifest of an export');
  });

  it('says so where a file was changed, the log is another one, or a place is none', async () => {
    await run();
    truncateSync(join(out, 'events.ndjson'), 10);
    await expect(run()).rejects.toThrow(/events\.ndjson has 10 of its \d+ bytes/);
    const other = await openLog(loadConfig({ DATA_DIR: newDirectory() }), 'read-write');
    await expect(exportLog({ sealed: other.sealed, serverSecret }, { format: 'ndjson', out })).rejects.toThrow(
      'an export of another log',
    );
    await other.close();
    await expect(run({ from: 'yesterday' })).rejects.toThrow('--from is yesterday, which is neither');
    await expect(run({ to: '0000000000099999' })).rejects.toThrow('--to is 0000000000099999, which is past the end');
  });

  it('ends where another one has written to the directory meanwhile', async () => {
    const [one, other] = await Promise.allSettled([run(), run()]);
    const refused = [one, other].flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
    expect(refused).toEqual([expect.stringContaining('another export is at work')]);
    expect(written(await run())).toEqual(await feed());
  });
});

describe('an export as CSV', () => {
  it('has a column for each member of a line, and data as JSON', async () => {
    await run({ format: 'csv' });
    await appendStory('5');
    const manifest = await run({ format: 'csv' });
    const rows = parse<Record<string, string>>(textOf('events.csv'), { columns: true });
    const lines = await feed();
    expect(manifest.count).toBe(lines.length);
    const whole = lines.map((line): unknown => JSON.parse(line));
    const asRead = rows.map(({ revision, causationId, data, ...texts }) => ({
      ...texts,
      revision: Number(revision),
      causationId: causationId === '' ? null : causationId,
      data: JSON.parse(data ?? '') as unknown,
    }));
    expect(asRead).toEqual(whole);
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(whole[0] ?? {}));
  });
});

/** Leaves out what is null: Parquet does not tell it from what is not there. */
function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === null || each === undefined ? [] : [[name, present(each)]],
    ),
  );
}

async function readParquet({ files }: Manifest): Promise<unknown[]> {
  const rows: Record<string, unknown>[] = [];
  for (const { file, count } of files) {
    const found = await parquetReadObjects({ file: await asyncBufferFromFile(join(out, file)) });
    expect(found).toHaveLength(count);
    rows.push(...found);
  }
  return rows
    .toSorted((one, other) => (String(one['position']) < String(other['position']) ? -1 : 1))
    .map(whole)
    .map(present);
}

/** With what its type has no column for put back in its place. */
function whole({ other, ...row }: Record<string, unknown>): Record<string, unknown> {
  if (typeof other !== 'string') return row;
  const members = Object.entries(JSON.parse(other) as object).map(([pointer, value]) => [pointer.slice(1), value]);
  return { ...row, data: { ...(row['data'] as object), ...Object.fromEntries(members) } };
}

const asParquet = (lines: readonly string[]): unknown[] =>
  lines.map((line) => present({ ...parsed(line), at: new Date(parsed(line).at) }));

describe('an export as Parquet', () => {
  it('has a part for each type, with times and members by their own types, and a new one for what is new', async () => {
    const first = await run({ format: 'parquet' });
    expect(await readParquet(first)).toEqual(asParquet(await feed()));
    expect(first.files.every(({ file }) => file.endsWith('.v1.0001.parquet'))).toBe(true);
    expect(first.files.length).toBeGreaterThan(3);
    expect(await run({ format: 'parquet' })).toEqual(first);
    await appendStory('6');
    const second = await run({ format: 'parquet' });
    expect(second.files).toEqual(expect.arrayContaining([...first.files]));
    expect(second.files.length).toBe(2 * first.files.length);
    expect(await readParquet(second)).toEqual(asParquet(await feed()));
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('has a part for each type and day', async () => {
    const { files } = await run({ format: 'parquet', by: 'day' });
    expect(files[0]?.file).toMatch(/^[a-z.-]+\.v1\.\d{4}-\d\d-\d\d\.0001\.parquet$/);
  });

  it('goes on with the lines and parts that a run was cut off with', async () => {
    const lines = await feed();
    // As a run leaves it that was cut off while it gathered lines.
    await exportLog(
      { sealed: log.sealed, serverSecret },
      { format: 'ndjson', by: 'type', out: join(out, '.lines', 'gathering'), to: parsed(lines[6] ?? '').position },
    );
    const manifest = await run({ format: 'parquet' });
    expect(await readParquet(manifest)).toEqual(asParquet(lines));
  });
});
