import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { EVENT_TYPE_DOCUMENTS } from '../../../read-api/events/index.js';
import { INVARIANT_SWEEP } from '../../../read-api/invariants/index.js';
import { ReadApiModule } from '../../../read-api/read-api.module.js';
import { COMMAND_EXECUTOR, EVENT_WATCH, KEPT_OUTCOMES } from '../../../write-side/shared/index.js';
import { WriteSideModule } from '../../../write-side/write-side.module.js';
import { PROJECTION_OPERATIONS } from '../../engine/projections/projection-operations.js';
import { PROJECTION_PROGRESS } from '../../engine/projections/progress.js';
import { SAGA_STANDINGS, SAGA_TRIES } from '../../engine/sagas/index.js';
import { CONFIG, ConfigError } from '../../config/index.js';
import { EVENT_STORE, SEALED_EVENT_STORE } from '../../event-store/index.js';
import type { ServedDocument } from '../../http/index.js';
import { buildDocument } from '../../http/openapi/openapi.js';
import { OpsController } from '../../http/ops/ops.controller.js';
import { LIFECYCLE, METRICS_REGISTRY, READINESS_CHECKS } from '../../http/ops/readiness.js';
import { KEY_STORE } from '../../key-store/index.js';
import { PAYMENT_PROVIDERS } from '../../payment-provider/index.js';
import { READ_MODEL_STORE } from '../../read-model-store/index.js';
import { SEARCH_INDEX } from '../../search-index/index.js';
import { packageRoot } from '../boot/package-root.js';

/** The ports that the modules expect of the process. */
const PORTS = [
  CONFIG,
  EVENT_STORE,
  SEALED_EVENT_STORE,
  KEY_STORE,
  READ_MODEL_STORE,
  SEARCH_INDEX,
  PAYMENT_PROVIDERS,
  PROJECTION_PROGRESS,
  PROJECTION_OPERATIONS,
  EVENT_TYPE_DOCUMENTS,
  COMMAND_EXECUTOR,
  EVENT_WATCH,
  KEPT_OUTCOMES,
  SAGA_STANDINGS,
  SAGA_TRIES,
  INVARIANT_SWEEP,
  LIFECYCLE,
  METRICS_REGISTRY,
  READINESS_CHECKS,
];

@Module({})
class NoPortsModule {}

@Module({})
class EveryRouteModule {}

/** Makes the document of all roles from the controllers' metadata. No controller is created, so it needs no port of the engine. */
export async function describeApi(): Promise<OpenAPIObject> {
  const noPorts = {
    module: NoPortsModule,
    global: true,
    providers: PORTS.map((provide) => ({ provide, useValue: null })),
    exports: PORTS,
  };
  const module = {
    module: EveryRouteModule,
    imports: [noPorts, WriteSideModule, ReadApiModule],
    controllers: [OpsController],
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return buildDocument(app);
}

/** The path of the document that the build writes, without its extension. */
const BUILT = join(packageRoot, 'dist', 'openapi');

/**
 * Reads the document that the build wrote: every role serves the same bytes, and no start takes the time to make them.
 * @throws ConfigError the build is incomplete
 */
export function builtDocument(): ServedDocument {
  try {
    return { json: readFileSync(`${BUILT}.json`), yaml: readFileSync(`${BUILT}.yaml`) };
  } catch (error) {
    throw new ConfigError([`the build has no OpenAPI document (${String(error)}): run npm run build`]);
  }
}
