import { closeSync, fsyncSync, openSync } from 'node:fs';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { JsonObject } from '../../../../domain/shared/index.js';
import type { ColumnType } from './column-type.js';
import { fitValue } from './fit-value.js';
import { OTHER, parquetSchema } from './parquet-schema.js';

/** A row group has at most so many events … */
const GROUP_ROWS = 10_000;
/** … whose lines have about so many characters: it is in memory as a whole. */
const GROUP_CHARACTERS = 8 * 1024 * 1024;

type Row = Readonly<Record<string, unknown>>;

/** A line of the feed, parsed. */
type Line = Readonly<Record<string, unknown>> & { readonly at: string; readonly data: JsonObject };

/** Writes lines of the feed, all of one type, as a Parquet file that is on the disk then; answers how many. */
export async function writeParquet(file: string, lines: AsyncIterable<string>, data: ColumnType): Promise<number> {
  const schema = parquetSchema(data);
  const names = namesOf(schema);
  const writer = new ParquetWriter({ writer: fileWriter(file), schema, createdBy: 'cartwright' });
  let rows: Row[] = [];
  let [characters, count] = [0, 0];
  const write = async (): Promise<void> => {
    const columnData = names.map((name) => ({ name, data: rows.map((row) => row[name]) }));
    await writer.write({ columnData, rowGroupSize: rows.length });
    count += rows.length;
    [rows, characters] = [[], 0];
  };
  for await (const line of lines) {
    rows.push(rowOf(JSON.parse(line) as Line, data));
    characters += line.length;
    if (rows.length >= GROUP_ROWS || characters >= GROUP_CHARACTERS) await write();
  }
  if (rows.length > 0) await write();
  await writer.finish();
  sync(file);
  return count;
}

/** The columns: the children of the root. */
const namesOf = (schema: ReturnType<typeof parquetSchema>): readonly string[] => {
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = afterElement(schema, at)) names.push(schema[at]?.name ?? '');
  return names;
};

/** Where the element after this one and all within it stands. */
function afterElement(schema: ReturnType<typeof parquetSchema>, at: number): number {
  let next = at + 1;
  for (let left = schema[at]?.num_children ?? 0; left > 0; left -= 1) next = afterElement(schema, next);
  return next;
}

function rowOf(line: Line, type: ColumnType): Row {
  const { value: data, misfits } = fitValue(line.data, type);
  const other = Object.keys(misfits).length === 0 ? null : JSON.stringify(misfits);
  return { ...line, at: new Date(line.at), data, [OTHER]: other };
}

function sync(file: string): void {
  const written = openSync(file, 'r');
  try {
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
}
