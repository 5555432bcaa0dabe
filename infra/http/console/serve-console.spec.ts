import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { Module } from '@nestjs/common';
import { openHttpApp, type HttpApp } from '../test-support/http-app.js';

@Module({})
class Nothing {}

const PAGE = '<!doctype html><title>Console</title>';
const SCRIPT = `export const text = '${'a'.repeat(2_000)}';`;

describe('the console', () => {
  let folder: string;
  let app: HttpApp;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cartwright-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'assets', 'index-4f0a.js'), SCRIPT);
    writeFileSync(join(folder, 'assets', 'index-4f0a.js.br'), brotliCompressSync(SCRIPT));
    app = await openHttpApp(Nothing, {}, { console: folder });
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers });

  it.each(['/console', '/console/', '/console/orders', '/console/orders/7?asOf=2026-03-01'])(
    'answers %s with its one document, asked for anew each time',
    async (path) => {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await answer.text()).toBe(PAGE);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const again = await ask(path, { 'if-none-match': answer.headers.get('etag') ?? '' });
      expect(again.status).toBe(304);
    },
  );

  it('sends what the document names as the build packed it, to be kept for ever', async () => {
    const answer = await ask('/console/assets/index-4f0a.js', { 'accept-encoding': 'br' });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await answer.text()).toBe(SCRIPT);
  });

  it.each(['/console/assets/gone-77aa.js', '/console/assets/', '/console/assets/..%2findex.html'])(
    'has nothing at %s',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'ROUTE.NOT_FOUND' });
    },
  );

  it.each(['/console', '/console/assets/index-4f0a.js', '/console/assets/gone.js'])(
    'lets %s run no script of others and stand in no frame',
    async (path) => {
      const { headers } = await ask(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  it('takes GET alone', async () => {
    const answer = await fetch(`${app.url}/console`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});
