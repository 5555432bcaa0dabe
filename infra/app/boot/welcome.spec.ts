import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load-config.js';
import { welcome } from './welcome.js';

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
const URL = 'http://127.0.0.1:3000';

describe('what a start says', () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'cartwright-welcome-'))));
  afterAll(() => rmSync(directory, { recursive: true }));
  const said = (isTerminal: boolean, variables: Record<string, string> = {}) =>
    welcome(loadConfig({ DATA_DIR: directory, ...variables }), URL, isTerminal);

  it('has an admin token for who tries the engine out on a terminal, with the secret that it made', async () => {
    expect(await said(true)).toMatch(JWT);
  });

  it.each([
    ['where standard output may be kept', false, {}],
    ['where the secret is one that somebody set', true, { AUTH_SECRET: 'fk39-vNq20-wmL5x-aa71z-Tt90e-pp-41x' }],
  ])('names the command that prints one instead %s', async (_where, isTerminal, variables) => {
    const text = await said(isTerminal, variables);
    expect(text).not.toMatch(JWT);
    expect(text).toContain('npm run -s cli -- token --role admin');
  });

  it('says where the console is and what opens it, unless it is switched off', async () => {
    expect(await said(true)).toContain(`${URL}/console (sign in with such a token)`);
    expect(await said(true, { CONSOLE: '0' })).not.toContain('/console');
    const elsewhere = await said(true, { AUTH_JWKS_URL: 'https://id.example/jwks' });
    expect(elsewhere).toContain(`${URL}/console (sign in with a token of your identity provider)`);
  });

  it('speaks of no token where an identity provider makes them', async () => {
    expect(await said(true, { AUTH_JWKS_URL: 'https://id.example/jwks' })).not.toMatch(/token --role|eyJ/);
  });
});
