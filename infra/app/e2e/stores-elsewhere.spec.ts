import { embeddedOnly, Shop, useEngines, type Child } from '../test-support/index.js';

async function printed(child: Child, code = 0): Promise<string> {
  const ended = await child.end();
  if (ended !== code) throw new Error(`ended with ${ended}:\n${child.output}`);
  return child.output;
}

const { it: itOnFiles } = embeddedOnly('stores in directories other than DATA_DIR');

describe('stores that are not in the data directory', () => {
  const engines = useEngines();

  itOnFiles(
    'are found by the command line through their URLs',
    async () => {
      const [directory, log, reads] = [engines.directory(), engines.directory(), engines.directory()];
      const stores = { EVENT_STORE_URL: `sqlite:${log}`, READ_STORE_URL: `sqlite:${reads}` };
      const env = { DATA_DIR: directory, ...stores };
      expect(await printed(engines.cliWith(env, 'doctor'))).toContain('no log yet');
      expect(await printed(engines.cliWith(env, 'rebuild', 'products'), 1)).toContain(`${log} has no log`);
      const engine = await engines.start({ directory, env: stores });
      const shop = new Shop(engine);
      await shop.product({ sku: 'S-1' });
      await shop.caughtUp();
      const findings = await printed(engines.cliWith(env, 'doctor'));
      for (const opens of ['the log opens', 'the read models open', 'the search index opens'])
        expect(findings).toContain(opens);
      expect(await printed(engines.cliWith(env, 'rebuild', 'products'))).toContain(
        '1 documents compared, all are the same',
      );
      expect(await printed(engines.cliWith(env, 'projections', '--parked'))).toContain('nothing is parked');
    },
    90_000,
  );

  it('are told by the doctor when their server does not answer', async () => {
    const env = { DATA_DIR: engines.directory(), EVENT_STORE_URL: 'esdb://127.0.0.1:9?tls=false' };
    const findings = await printed(engines.cliWith(env, 'doctor'), 1);
    expect(findings).toContain('the log opens: ');
    expect(findings).not.toContain('no log yet');
  }, 60_000);
});
