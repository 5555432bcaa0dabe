import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CliError } from './cli-error.js';

export interface FileLine {
  /** Counted from 1, blank ones too. */
  readonly number: number;
  readonly text: string;
}

/** Far more than any product has; a file without line ends must not fill the memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const GZIP = Buffer.from([0x1f, 0x8b]);
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * The lines of a UTF-8 text, gzipped or not; `-` is standard input, pipes are read as they come. LF, CRLF and CR end a line,
 * U+2028 and U+2029 do not: JSON allows them within a text.
 * @throws CliError naming the file, and the line where there is one, for what is not UTF-8, is cut off or cannot be read
 */
export async function* readLines(path: string): AsyncGenerator<FileLine> {
  let number = 0;
  for await (const bytes of splitLines(unpacked(path), path)) {
    number++;
    const marked = number === 1 && startsWith(bytes, UTF8_MARK);
    const line = marked ? bytes.subarray(UTF8_MARK.length) : bytes;
    if (number === 1 && UTF16_MARKS.some((mark) => startsWith(line, mark))) {
      throw new CliError(`${path} is UTF-16; save it as UTF-8`);
    }
    if (!isUtf8(line)) throw new CliError(`${path}:${number} is not UTF-8; save the file as UTF-8`);
    yield { number, text: line.toString('utf8') };
  }
}

const startsWith = (bytes: Buffer, beginning: Buffer): boolean => bytes.subarray(0, beginning.length).equals(beginning);

/** The file's bytes, without gzip where it begins as gzip does, whatever its name. */
async function* unpacked(path: string): AsyncGenerator<Buffer> {
  try {
    const chunks = opened(path)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const beginning = await atLeast(GZIP.length, chunks);
    if (startsWith(beginning, GZIP)) yield* gunzipped(rest(beginning, chunks));
    else if (path.endsWith('.gz') && beginning.length > 0) throw new CliError(`${path} is not gzipped`);
    else yield* rest(beginning, chunks);
  } catch (error) {
    throw explained(path, error);
  }
}

const opened = (path: string): Readable => (path === '-' ? process.stdin : createReadStream(path));

async function atLeast(length: number, chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let beginning = Buffer.alloc(0);
  while (beginning.length < length) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    beginning = Buffer.concat([beginning, value]);
  }
  return beginning;
}

async function* rest(beginning: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (beginning.length > 0) yield beginning;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/** All members of a gzip file, one after the other. */
async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const output = new PassThrough();
  const done = pipeline(chunks, createGunzip(), output);
  // Its error reaches the reader as that of `output`.
  done.catch(() => undefined);
  yield* output as AsyncIterable<Buffer>;
  await done;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'is not there'],
  ['EISDIR', 'is a directory'],
  ['EACCES', 'may not be read by this user'],
  ['Z_BUF_ERROR', 'is cut off: its gzip data end too early'],
  ['Z_DATA_ERROR', 'is damaged: it holds something else than gzip data'],
]);

function explained(path: string, error: unknown): unknown {
  const { code = '' } = error as { readonly code?: string };
  const reason = REASONS.get(code);
  return reason === undefined ? error : new CliError(`${path} ${reason}`, { cause: error });
}

async function* splitLines(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let size = 0;
  // A CR at the end of a chunk has ended its line already; an LF that follows belongs to it.
  let afterReturn = false;
  for await (const chunk of chunks) {
    let start = afterReturn && chunk[0] === LINE_FEED ? 1 : 0;
    afterReturn = chunk.at(-1) === CARRIAGE_RETURN;
    for (let end = endOfLine(chunk, start); end !== -1; end = endOfLine(chunk, start)) {
      yield Buffer.concat([...pending, chunk.subarray(start, end)]);
      pending = [];
      size = 0;
      start = end + (chunk[end] === CARRIAGE_RETURN && chunk[end + 1] === LINE_FEED ? 2 : 1);
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > MAX_LINE_BYTES) throw new CliError(`${path} has a line of more than ${MAX_LINE_BYTES} bytes`);
  }
  if (size > 0) yield Buffer.concat(pending);
}

function endOfLine(chunk: Buffer, from: number): number {
  const feed = chunk.indexOf(LINE_FEED, from);
  const carriage = chunk.subarray(from, feed === -1 ? chunk.length : feed).indexOf(CARRIAGE_RETURN);
  return carriage === -1 ? feed : from + carriage;
}
