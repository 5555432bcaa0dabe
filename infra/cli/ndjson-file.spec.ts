import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CATALOG_LINES } from './catalog-line.js';
import { CliError } from './cli-error.js';
import { isRepeatable, readNdjson } from './ndjson-file.js';

const line = (sku: string, name = sku): string => JSON.stringify({ sku, name, price: { amount: 1, currency: 'EUR' } });
const MARK = '\uFEFF';

describe('a file with a product a line', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-ndjson-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  let files = 0;
  const write = (content: string | Buffer, name = 'products.ndjson'): string => {
    const path = join(directory, `${files++}-${name}`);
    writeFileSync(path, content);
    return path;
  };
  const read = async (path: string): Promise<string[]> => {
    const names: string[] = [];
    for await (const { value } of readNdjson(path, CATALOG_LINES)) names.push(value.name);
    return names;
  };
  const refusal = (path: string): Promise<string> =>
    read(path).then(
      () => 'read',
      (error: unknown) => {
        expect(error).toBeInstanceOf(CliError);
        return (error as Error).message.replace(path, 'FILE');
      },
    );

  it.each([
    ['LF', `${line('A')}\n${line('B')}\n`],
    ['CRLF', `${line('A')}\r\n${line('B')}\r\n`],
    ['CR alone', `${line('A')}\r${line('B')}\r`],
    ['no end on the last line', `${line('A')}\n${line('B')}`],
    ['a byte order mark', `${MARK}${line('A')}\r\n${line('B')}`],
    ['blank lines', `\n${line('A')}\n  \n\n${line('B')}\n\n`],
  ])('is read with %s', async (_ends, content) => {
    expect(await read(write(content))).toEqual(['A', 'B']);
  });

  it('keeps line and paragraph separators of Unicode within a text, however Node splits lines', async () => {
    const name = 'one\u2028two\u2029three\u0085four';
    expect(await read(write(`${line('A', name)}\n${line('B')}\n`))).toEqual([name, 'B']);
  });

  it('is read right wherever its bytes are cut into chunks', async () => {
    const content = Buffer.from([line('Ä', 'Ägypten 香水 🌷'), line('B', 'x'.repeat(200_000)), line('C')].join('\r\n'));
    expect(await read(write(content))).toEqual(['Ägypten 香水 🌷', 'x'.repeat(200_000), 'C']);
  });

  it.each([
    ['one member', gzipSync(`${line('A')}\n${line('B')}\n`)],
    ['two members', Buffer.concat([gzipSync(`${line('A')}\n`), gzipSync(`${line('B')}\n`)])],
  ])('is read out of gzip with %s, whatever its name', async (_members, packed) => {
    expect(await read(write(packed, 'products.ndjson.gz'))).toEqual(['A', 'B']);
    expect(await read(write(packed, 'products'))).toEqual(['A', 'B']);
  });

  it.each([
    ['a list', '[]', 'FILE:2 is no JSON object; one object a line is wanted'],
    ['null', 'null', 'FILE:2 is no JSON object; one object a line is wanted'],
    ['a number', '5', 'FILE:2 is no JSON object; one object a line is wanted'],
    ['half an object', '{"sku":', 'FILE:2 is no JSON; one whole JSON object a line is wanted'],
    ['an object without a SKU', '{"name":"x"}', 'FILE:2 has no sku, a text'],
    ['a SKU that is a number', '{"sku":5}', 'FILE:2 has no sku, a text'],
    ['no price', '{"sku":"X"}', 'FILE:2 has no price, {amount, currency}'],
    [
      'a stock in words',
      '{"sku":"X","price":{},"stock":"5"}',
      'FILE:2 has a stock that is no whole number of 0 or more',
    ],
    [
      'a stock below zero',
      '{"sku":"X","price":{},"stock":-1}',
      'FILE:2 has a stock that is no whole number of 0 or more',
    ],
    ['the SKU of a line before it', line('A'), 'FILE:2 has SKU A again, which line 1 has: leave one of the two'],
  ])('is refused where a line is %s', async (_what, second, message) => {
    expect(await refusal(write(`${line('A')}\n${second}\n${line('B')}\n`))).toBe(message);
  });

  it.each([
    [
      'Windows-1252',
      Buffer.from(`${line('A')}\n${line('B', 'Müsli')}\n`, 'latin1'),
      'FILE:2 is not UTF-8; save the file as UTF-8',
    ],
    ['UTF-16', Buffer.from(`${MARK}${line('A')}\n`, 'utf16le'), 'FILE is UTF-16; save it as UTF-8'],
    [
      'cut within a character',
      Buffer.from(line('A', 'ü')).subarray(0, 20),
      'FILE:1 is not UTF-8; save the file as UTF-8',
    ],
  ])('is refused where it is %s', async (_encoding, content, message) => {
    expect(await refusal(write(content))).toBe(message);
  });

  it.each([
    ['cut off', gzipSync(line('A').repeat(50)).subarray(0, 40), 'FILE is cut off: its gzip data end too early'],
    [
      'cut off in its second member',
      Buffer.concat([gzipSync(line('A')), gzipSync(line('B')).subarray(0, 9)]),
      'FILE is cut off: its gzip data end too early',
    ],
    [
      'followed by something else',
      Buffer.concat([gzipSync(line('A')), Buffer.from('more')]),
      'FILE is damaged: it holds something else than gzip data',
    ],
    ['none', Buffer.from(line('A')), 'FILE is not gzipped'],
  ])('is refused where its gzip is %s', async (_damage, content, message) => {
    expect(await refusal(write(content, 'products.ndjson.gz'))).toBe(message);
  });

  it('is refused where it is not there or is a directory', async () => {
    expect(await refusal(join(directory, 'none'))).toBe('FILE is not there');
    expect(await refusal(directory)).toBe('FILE is a directory');
  });

  it('is read from a pipe, which gives it once', async () => {
    const pipe = join(directory, 'pipe.gz');
    await new Promise((made) => spawn('sh', ['-c', 'mkfifo "$1"', 'sh', pipe]).on('exit', made));
    expect(isRepeatable(pipe)).toBe(false);
    const source = write(`${line('A')}\n${line('B')}\n`);
    spawn('sh', ['-c', 'gzip -c "$1" > "$2"', 'sh', source, pipe]);
    expect(await read(pipe)).toEqual(['A', 'B']);
  });
});
