import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { Shop, useEngines, type EngineProcess } from '../test-support/index.js';

const KILLS = 3;
const MOST_SECONDS = 60;

interface Manifest {
  readonly count: number;
  readonly files: readonly { readonly file: string; readonly count: number }[];
}

describe('the command that exports the log', () => {
  const engines = useEngines();

  /** What an analyst reads, line by line. */
  async function feed(engine: EngineProcess): Promise<readonly string[]> {
    const answer = await new Shop(engine).http.call('GET', '/v1/events', { as: 'analyst' });
    return answer.text.trimEnd().split('\n');
  }

  async function exported(engine: EngineProcess, ...args: readonly string[]): Promise<string> {
    const command = engines.cliOver(engine.options.directory, 'export', ...args);
    const code = await command.end(MOST_SECONDS);
    if (code !== 0) throw new Error(`the export ended with ${code}:\n${command.output}`);
    return command.stdout;
  }

  const manifestOf = (out: string): Manifest =>
    JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest;

  const lines = (out: string): readonly string[] =>
    manifestOf(out)
      .files.flatMap(({ file }) => readFileSync(join(out, file), 'utf8').trimEnd().split('\n'))
      .toSorted(byPosition);

  const positionOf = (line: string): string => (JSON.parse(line) as { position: string }).position;
  const byPosition = (one: string, other: string): number => (positionOf(one) < positionOf(other) ? -1 : 1);

  it('has what the feed has beside a running engine, and adds what is new', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    const sku = await shop.product({ sku: 'TEA', stock: 10 });
    await shop.ended(await shop.buy([[sku, 1]]));
    const out = join(engines.directory(), 'lines');
    const parquet = join(engines.directory(), 'parquet');
    for (let run = 1; run <= 2; run += 1) {
      expect(await exported(engine, '--format', 'ndjson', '--out', out, '--by', 'type')).toMatch(/^\d+ events in/);
      await exported(engine, '--format', 'parquet', '--out', parquet);
      const all = await feed(engine);
      expect(lines(out)).toEqual(all);
      const positions: unknown[] = [];
      for (const { file } of manifestOf(parquet).files) {
        const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(parquet, file)) });
        positions.push(...rows.map(({ position }) => position as unknown));
      }
      expect(positions.toSorted()).toEqual(all.map(positionOf));
      await shop.ended(await shop.buy([[sku, 1]]));
    }
  }, 180_000);

  it('is whole after it was killed again and again, wherever that was', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    const sku = await shop.product({ sku: 'TEA', stock: 1000 });
    await Promise.all(Array.from({ length: 20 }, () => shop.buy([[sku, 1]]).then((id) => shop.ended(id, 90))));
    await shop.caughtUp();
    const startedAt = performance.now();
    await exported(engine, '--format', 'parquet', '--out', join(engines.directory(), 'timed'));
    const took = performance.now() - startedAt;
    for (const format of ['ndjson', 'csv', 'parquet']) {
      const out = join(engines.directory(), format);
      const whole = join(engines.directory(), format);
      for (let kill = 0; kill < KILLS; kill += 1) {
        const command = engines.cliOver(engine.options.directory, 'export', '--format', format, '--out', out);
        await new Promise((resolve) => setTimeout(resolve, randomInt(Math.ceil(took / 3), Math.ceil(took))));
        await command.kill();
      }
      await exported(engine, '--format', format, '--out', out);
      await exported(engine, '--format', format, '--out', whole);
      expect(manifestOf(out).count).toBe((await feed(engine)).length);
      const { files } = manifestOf(whole);
      expect(existsSync(join(out, '.lines'))).toBe(false);
      if (format !== 'parquet') {
        for (const { file } of files) expect(readFileSync(join(out, file))).toEqual(readFileSync(join(whole, file)));
        continue;
      }
      const rows = async (directory: string): Promise<unknown[]> => {
        const all: Record<string, unknown>[] = [];
        for (const { file } of manifestOf(directory).files)
          all.push(...(await parquetReadObjects({ file: await asyncBufferFromFile(join(directory, file)) })));
        return all.toSorted((one, other) => (String(one['position']) < String(other['position']) ? -1 : 1));
      };
      expect(await rows(out)).toEqual(await rows(whole));
    }
  }, 400_000);
});
