import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../config/load-config.js';
import { startProblem } from '../boot/start-error.js';
import { freePort, useEngines } from '../test-support/index.js';

/** A setting that is wrong, and what the one sentence says of it. */
type Wrong = readonly [name: string, value: string, said: RegExp];

const SETTINGS: readonly Wrong[] = [
  ['PORT', '70000', /PORT is 70000/],
  ['ROLES', 'cashier', /ROLES is cashier, not a list out of/],
  ['LOG_LEVEL', 'verbose', /LOG_LEVEL is verbose, not one of/],
  ['SEED_DEMO', 'maybe', /SEED_DEMO is maybe/],
  ['CART_ABANDONED_AFTER_DAYS', '-1', /CART_ABANDONED_AFTER_DAYS is -1/],
  ['SANDBOX_DELAY_MS', '-1', /SANDBOX_DELAY_MS is -1/],
  ['RATE_LIMIT', 'much', /RATE_LIMIT is much/],
  ['AUTH_SECRET', 'short', /AUTH_SECRET is shorter/],
  ['SERVER_SECRET', '1', /SERVER_SECRET is shorter/],
  ['AUTH_JWKS_URL', 'foo', /AUTH_JWKS_URL is not an http or https URL/],
  ['PAYMENT_WEBHOOK_SECRET', 'foo', /PAYMENT_WEBHOOK_SECRET/],
  ['CARRIER_WEBHOOK_SECRET', 'whsec_AA==', /CARRIER_WEBHOOK_SECRET/],
  ['WEBHOOK_URL', 'localhost:3000', /WEBHOOK_URL is localhost:3000/],
  ['EVENT_STORE_URL', 'postgres://db', /EVENT_STORE_URL must start with one of sqlite:, esdb:/],
  ['EVENT_STORE_URL', 'esdb:foo', /EVENT_STORE_URL is cut off or misspelt: esdb:\/\/host:2113/],
  ['EVENT_STORE_URL', 'sqlite:', /EVENT_STORE_URL is cut off or misspelt/],
  ['READ_STORE_URL', 'mongodb://', /READ_STORE_URL is cut off or misspelt/],
  ['KEY_STORE_URL', 'redis://db', /KEY_STORE_URL must start with/],
  ['SEARCH_URL', 'http://', /SEARCH_URL is cut off or misspelt/],
  ['SEARCH_URL', 'https://user:pw@host:port', /SEARCH_URL is cut off or misspelt(?!.*pw)/],
  ['BUS_URL', 'nats:4222', /BUS_URL is cut off or misspelt/],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'foo', /OTEL_EXPORTER_OTLP_ENDPOINT is not an http/],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:4318', /OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is not an http/],
  ['GRPC_DEFAULT_SSL_ROOTS_FILE_PATH', '/no/such.pem', /GRPC_DEFAULT_SSL_ROOTS_FILE_PATH is .*cannot be read/],
];

/** One that ends the start before the engine is loaded, and one that does so later. */
const STARTED: readonly Wrong[] = [
  ['PORT', 'abc', /PORT is abc, not a whole number/],
  ['PRICING_FILE', '/no/such/file.json', /PRICING_FILE \/no\/such\/file.json cannot be read/],
];

describe('a setting that is wrong', () => {
  const engines = useEngines();

  const said = async (directory: string, env: Readonly<Record<string, string>>): Promise<string> => {
    const child = engines.launch({ directory, env: { PORT: String(await freePort()), ...env } });
    expect([await child.end(60), child.stdout]).toEqual([1, '']);
    expect(child.stderr).toMatch(/^cannot start: [^\n]+\n$/);
    return child.stderr;
  };

  /** What is made of the settings before anything is opened; null where nothing is wrong with them. */
  const problem = (env: Readonly<Record<string, string>>): string | null => {
    try {
      loadConfig({ DATA_DIR: engines.directory(), ...env });
      return null;
    } catch (error) {
      return startProblem(error);
    }
  };

  it.each(SETTINGS)('%s=%s is named in one sentence', (name, value, sentence) => {
    expect(problem({})).toBeNull();
    const found = problem({ [name]: value });
    expect(found).toMatch(sentence);
    expect(found).not.toContain('\n');
  });

  it.each(STARTED)(
    '%s=%s ends the start in one sentence that names it',
    async (name, value, sentence) => {
      expect(await said(engines.directory(), { LOG_LEVEL: 'silent', [name]: value })).toMatch(sentence);
    },
    90_000,
  );

  it('a DATA_DIR that is a file, or below one, is named', async () => {
    const file = join(engines.directory(), 'file');
    writeFileSync(file, '');
    expect(await said(file, {})).toContain(`DATA_DIR is ${file}: `);
    expect(await said(join(file, 'data'), {})).toContain(`DATA_DIR is ${join(file, 'data')}: there is a file`);
  }, 90_000);

  it('a DATA_DIR that cannot be made is named', async () => {
    expect(await said('/proc/cartwright', {})).toContain('DATA_DIR is /proc/cartwright: ');
  }, 90_000);

  const isRoot = process.getuid?.() === 0;
  (isRoot ? it.skip : it)(
    'a DATA_DIR that this user may not write is named, and so is one below it',
    async () => {
      const directory = engines.directory();
      chmodSync(directory, 0o500);
      for (const each of [directory, join(directory, 'data')]) {
        expect(await said(each, {})).toContain(`DATA_DIR is ${each}: this user may not write there`);
      }
      chmodSync(directory, 0o700);
    },
    90_000,
  );

  it('a disk that is full, or was while the first files were made, is named', async () => {
    const directory = join(engines.directory(), 'data');
    mkdirSync(directory);
    const child = engines.launch({ directory, maxFileKiB: 48, env: { SEED_DEMO: '1', LOG_LEVEL: 'silent' } });
    expect(await child.end(60)).toBe(1);
    expect(child.stderr).toMatch(/^cannot start: [^\n]*(disk|full)[^\n]*\n$/);
    expect(existsSync(directory)).toBe(true);
  }, 90_000);
});
