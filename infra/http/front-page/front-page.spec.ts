import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { openHttpApp } from '../test-support/http-app.js';
import type { HttpApp } from '../test-support/http-app.js';

@Module({})
class Nothing {}

const document = { json: Buffer.from('{"openapi":"3.1.0","info":{},"paths":{}}'), yaml: Buffer.from('') };

describe('the root of an engine', () => {
  let app: HttpApp;
  afterEach(() => app.close());
  const ask = (accept: string) => fetch(`${app.url}/`, { headers: { accept } });

  it('says what it is and where to go, as JSON to a program', async () => {
    app = await openHttpApp(Nothing, {}, { document });
    for (const accept of ['*/*', 'application/json']) {
      const answer = await ask(accept);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(answer.headers.get('vary')).toMatch(/\bAccept\b/);
      expect(await answer.json()).toMatchObject({
        name: 'Cartwright',
        links: { 'API documentation': '/docs', 'OpenAPI document': '/openapi.json' },
      });
    }
  });

  it('is a page for a browser, whose doors are open and whose policy allows its style alone', async () => {
    app = await openHttpApp(Nothing, {}, { document });
    const answer = await ask('text/html,application/xhtml+xml,*/*;q=0.8');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]{44}';/,
    );
    const page = await answer.text();
    expect(page).not.toContain('<script');
    for (const path of ['/docs', '/openapi.json']) {
      expect(page).toContain(`href="${path}"`);
      expect((await fetch(app.url + path)).status).toBe(200);
    }
  });

  it('shows no door to documentation that is not served', async () => {
    app = await openHttpApp(Nothing, { docs: false }, { document });
    expect(await (await ask('text/html')).text()).not.toContain('"/docs"');
    expect(await (await ask('*/*')).json()).not.toHaveProperty(['links', 'API documentation']);
  });

  it('leads to the console where there is one', async () => {
    app = await openHttpApp(Nothing, {}, { document });
    expect(await (await ask('*/*')).json()).not.toHaveProperty(['links', 'Console']);
    await app.close();
    const console = mkdtempSync(join(tmpdir(), 'cartwright-front-'));
    writeFileSync(join(console, 'index.html'), '<!doctype html>');
    mkdirSync(join(console, 'assets'));
    app = await openHttpApp(Nothing, {}, { document, console });
    expect(await (await ask('*/*')).json()).toHaveProperty(['links', 'Console'], '/console');
    expect(await (await ask('text/html')).text()).toContain('href="/console"');
    rmSync(console, { recursive: true });
  });

  it('takes GET alone', async () => {
    app = await openHttpApp(Nothing, {}, { document });
    const answer = await fetch(`${app.url}/`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});
