import { freePort } from '../test-support/free-port.js';
import { useEngines } from '../test-support/index.js';

describe('the command that prints events', () => {
  const engines = useEngines();

  it('tells in one line that no engine is running, and ends with 1', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const command = engines.cli('events', '--token', 't', '--url', url);
    expect([await command.end(), command.stdout]).toEqual([1, '']);
    expect(command.stderr).toMatch(/^no answer from the engine at http:\S+: connect ECONNREFUSED \S+\n$/);
  });
});
