import type { AppendExpectedRevision } from '@eventstore/db-client';
import type { Fixture } from './fixture.js';
import { counted, ids, numbersIn, onceBack, openFixture } from './fixture.js';

const [A = '', B = '', C = '', X = '', Y = ''] = ids(5);
/** The stream holds A, B, C at revisions 0, 1, 2; an outcome above 2 has therefore added events. */
type Row = [title: string, expected: AppendExpectedRevision, batch: string[], outcome: bigint | 'refused'];
const TABLE: Row[] = [
  ['at the current revision a known id is written again', 2n, [C], 3n],
  ['at the current revision any ids are written', 2n, [A, X], 4n],
  ['behind, the ids that follow are a repetition', 0n, [B, C], 2n],
  ['behind, a part of the ids that follow is a repetition', 0n, [B], 1n],
  ['no_stream counts from the first event', 'no_stream', [A, B, C], 2n],
  ['no_stream with the first id alone', 'no_stream', [A], 0n],
  ['behind, other ids are refused', 0n, [X], 'refused'],
  ['behind, ids in another order are refused', 'no_stream', [B, A], 'refused'],
  ['behind, a known id at another revision is refused', 0n, [C], 'refused'],
  ['behind, a batch half known is refused', 1n, [C, X], 'refused'],
  ['behind, a batch that goes past the end is refused', 0n, [B, C, X], 'refused'],
  ['any with known ids is a repetition', 'any', [A, B, C], 2n],
  ['any with a known id is a repetition at its revision', 'any', [B], 1n],
  ['any does not look at the order', 'any', [C, A], 0n],
  ['any with an unknown first id is written', 'any', [X, Y], 4n],
  ['any with an unknown first id is written, known ones too', 'any', [X, B], 4n],
  ['any with only the first known is refused', 'any', [C, X], 'refused'],
  ['stream_exists goes by the ids as any does', 'stream_exists', [A, B], 1n],
];

describe.each([
  ['BatchAppend', true],
  ['Append', false],
])('what the node takes for a repetition, by %s', (_call, batchAppend) => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await openFixture({ batchAppend });
    const first = [counted(1, A), counted(2, B), counted(3, C)];
    await fixture.client.appendToStream('i-1', first, { expectedRevision: 'no_stream' });
  });
  afterEach(() => fixture.close());

  it.each(TABLE)('%s', async (_title, expectedRevision, batch, outcome) => {
    const before = fixture.server.eventCount;
    const appended = fixture.client.appendToStream(
      'i-1',
      batch.map((id) => counted(9, id)),
      { expectedRevision },
    );
    if (outcome === 'refused') await expect(appended).rejects.toMatchObject({ actualVersion: 2n });
    else await expect(appended).resolves.toMatchObject({ success: true, nextExpectedRevision: outcome });
    const added = outcome === 'refused' || outcome <= 2n ? 0 : Number(outcome) - 2;
    expect(fixture.server.eventCount - before).toBe(added);
  });

  it('answers a repetition with the position of the first run, whatever its content', async () => {
    const first = await fixture.client.appendToStream('i-1', counted(4, X), { expectedRevision: 2n });
    await fixture.client.appendToStream('i-1', counted(5), { expectedRevision: 3n });
    const again = await fixture.client.appendToStream('i-1', counted(99, X), { expectedRevision: 2n });
    expect(again).toEqual(first);
    expect(await numbersIn(fixture.client, 'i-1')).toEqual([1, 2, 3, 4, 5]);
  });

  it('knows an id for the stream that wrote it last', async () => {
    await fixture.client.appendToStream('i-2', counted(1, A));
    expect(await fixture.client.appendToStream('i-1', counted(4, A))).toMatchObject({ nextExpectedRevision: 3n });
  });

  it('no longer knows recent ids after a restart, but compares those that follow a revision', async () => {
    await fixture.server.restart();
    const client = fixture.connect();
    const behind = await onceBack(() => client.appendToStream('i-1', counted(9, B), { expectedRevision: 0n }));
    expect(behind).toMatchObject({ nextExpectedRevision: 1n });
    expect(await client.appendToStream('i-1', counted(9, B))).toMatchObject({ nextExpectedRevision: 3n });
  });
});
