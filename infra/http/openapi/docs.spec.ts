import { Module } from '@nestjs/common';
import { openHttpApp, type HttpApp } from '../test-support/http-app.js';

@Module({})
class Nothing {}

const document = { json: Buffer.from('{"openapi":"3.1.0","paths":{}}'), yaml: Buffer.from('openapi: 3.1.0') };
let app: HttpApp;
afterEach(() => app.close());

describe('the page that shows the API', () => {
  it('has all that it names', async () => {
    app = await openHttpApp(Nothing, {}, { document });
    const page = await (await fetch(`${app.url}/docs`)).text();
    const parts = [...page.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, part]) => part ?? '');
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts)
      expect([part, (await fetch(new URL(part, `${app.url}/docs`))).status]).toEqual([part, 200]);
  });

  it("stands in nobody's frame, and runs no script but its own", async () => {
    app = await openHttpApp(Nothing, {}, { document });
    for (const path of ['/docs', '/docs/', '/docs/swagger-ui-bundle.js']) {
      const { headers } = await fetch(app.url + path);
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect([headers.get('x-frame-options'), headers.get('referrer-policy')]).toEqual(['DENY', 'no-referrer']);
    }
    expect(await (await fetch(`${app.url}/docs`)).text()).not.toMatch(/<script(?![^>]* src=)/);
  });

  it.each([
    'package.json',
    '%70ackage.json',
    'swagger-ui-bundle.js.map',
    'index.css',
    'README.md',
    'swagger-ui-es-bundle.js',
    '../package.json',
    'x/../package.json',
  ])('serves nothing else of its library: no %s', async (file) => {
    app = await openHttpApp(Nothing, {}, { document });
    for (const prefix of ['/docs/', '/%64ocs/']) expect((await fetch(`${app.url}${prefix}${file}`)).status).toBe(404);
  });

  it('is not there where it is switched off, and the document is', async () => {
    app = await openHttpApp(Nothing, { docs: false }, { document });
    for (const path of ['/docs', '/docs/', '/docs/swagger-ui.css']) {
      expect((await fetch(app.url + path)).status).toBe(404);
    }
    expect((await fetch(`${app.url}/openapi.json`)).status).toBe(200);
  });
});
