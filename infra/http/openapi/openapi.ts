import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { whole } from '../whole.js';
import { registerDocsGuard } from './docs-guard.js';
import { finishDocument } from './finish-document.js';

const DESCRIPTION =
  'Event-sourced commerce engine. Writes answer an ETag and a Consistency-Token; a read that sends the token back ' +
  'sees at least that write. Errors are RFC 9457 problem documents with a stable code. ' +
  'The guide for client developers, with a journey, all codes and the sandbox payment tokens, is docs/api.md in the repository.';

const BEARER =
  'A JSON Web Token with the claims `sub` and `role`, or the `accessToken` of the order that is asked for.';

/** The OpenAPI document as it is sent. */
export interface ServedDocument {
  readonly json: Buffer;
  readonly yaml: Buffer;
}

/** `/openapi.json`, `/openapi.yaml`, and where wanted a page to browse it at `/docs`. */
export function serveOpenApi(app: NestFastifyApplication, { json, yaml }: ServedDocument, docs: boolean): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/openapi.json', whole(json, 'application/json; charset=utf-8'));
  fastify.get('/openapi.yaml', whole(yaml, 'application/yaml; charset=utf-8'));
  if (!docs) return;
  registerDocsGuard(fastify);
  SwaggerModule.setup('docs', app, () => JSON.parse(json.toString('utf8')) as OpenAPIObject, {
    raw: false,
    customSiteTitle: 'Cartwright API',
  });
}

/** What the routes of an application say of themselves. */
export function buildDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Cartwright')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'The engine that serves this document')
    .addServer('http://127.0.0.1:3000', 'An engine on this machine, as `npm start` opens it')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: BEARER })
    .build();
  config.info.contact = { name: 'Who runs this engine' };
  return finishDocument(SwaggerModule.createDocument(app, config, { autoTagControllers: false }));
}
