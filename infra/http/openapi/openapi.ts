import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problemSchema } from './problems.js';

const DESCRIPTION =
  'Event-sourced commerce engine. Writes answer an ETag and a Consistency-Token; a read that sends the token back ' +
  'sees at least that write. Errors are RFC 9457 problem documents with a stable code.';

/** `/openapi.json` and a page to browse it at `/docs`; the document is made when it is first asked for. */
export function serveOpenApi(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('docs', app, () => (document ??= buildDocument(app)), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Cartwright API',
  });
}

export function buildDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Cartwright')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  const components = document.components ?? {};
  document.components = { ...components, schemas: { ...components.schemas, Problem: problemSchema } };
  return document;
}
