import { Command } from 'commander';
import { loadConfig } from '../../config/load-config.js';
import { openKeyStore } from '../../app/adapters.js';
import { temporaryDirectories } from '../../event-store/test-support/index.js';
import { addCopyCommands } from './copy-commands.js';
import { fillLog } from './test-support/sample-logs.js';

const newDirectory = temporaryDirectories();
const url = (directory: string): string => `sqlite:${directory}`;
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

async function run(command: string, variables: Readonly<Record<string, string>>): Promise<string> {
  Object.assign(process.env, variables);
  const said: string[] = [];
  const program = new Command();
  addCopyCommands(program, (line) => said.push(line));
  await program.parseAsync([command, 'env:FROM_URL', 'env:TO_URL'], { from: 'user' });
  return said.join('\n');
}

describe('copies between stores whose URLs stand in the environment alone', () => {
  it('a log', async () => {
    const from = await fillLog(newDirectory(), 20);
    const said = await run('copy-log', { FROM_URL: url(from), TO_URL: url(newDirectory()) });
    expect(said).toContain('are the same in both');
  });

  it('keys', async () => {
    const [from, SERVER_SECRET] = [url(newDirectory()), 'a secret that stands in this spec alone'];
    const { serverSecret: secret } = loadConfig({
      SERVER_SECRET,
      AUTH_SECRET: SERVER_SECRET,
      DATA_DIR: newDirectory(),
    });
    const keys = await openKeyStore({ url: from, secret, access: 'read-write' });
    await keys.personFor('ada@example.com');
    await keys.close();
    const said = await run('copy-keys', { FROM_URL: from, TO_URL: url(newDirectory()), SERVER_SECRET });
    expect(said).toContain('1 persons have the same keys in both');
  });

  it.each(['copy-log', 'copy-keys'])('unless one is not set (%s)', async (command) => {
    await expect(run(command, { FROM_URL: url(newDirectory()) })).rejects.toThrow('env:TO_URL names no variable');
  });
});
