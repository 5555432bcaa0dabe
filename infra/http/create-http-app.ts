import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { DEFAULT_EDGE, type Config, type EdgeConfig } from '../config/index.js';
import type { Tracer } from '../telemetry/index.js';
import { registerAuth } from './auth/auth-hook.js';
import { TokenVerifier, type IdOfSubject } from './auth/token-verifier.js';
import { BODY_LIMIT, registerBodyParser } from './body-parser.js';
import { registerCaching } from './caching.js';
import { Clients, registerClients } from './client-address.js';
import { Lifecycle, registerClosing } from './closing.js';
import { registerCompression } from './compression.js';
import { Cors, registerCors } from './cors.js';
import { serveConsole } from './console/serve-console.js';
import { createEdgeServer } from './edge/create-server.js';
import { Turns } from './edge/turns.js';
import { registerLiveLimit } from './live-limit.js';
import { serveFrontPage } from './front-page/front-page.js';
import { NestLogger } from './nest-logger.js';
import { serveOpenApi, type ServedDocument } from './openapi/openapi.js';
import { registerRequestMetrics } from './ops/request-metrics.js';
import { registerStreamMetrics } from './ops/stream-metrics.js';
import { answerBrokenHttp, frameworkErrorHandler, ProblemFilter } from './problem-filter.js';
import { parseQuery, registerQuery } from './query-parser.js';
import { RateLimit, registerRateLimit } from './rate-limit.js';
import { MAX_HEADER_BYTES, registerAddressLimit, registerRequestContext } from './request-context.js';
import { registerRequestTraces } from './request-traces.js';
import { registerRouteMethods } from './route-methods.js';
import { RequestPipe } from './validation/request-pipe.js';
import { refuseUnknownMembers } from './validation/route-takes.js';
import { registerWrongCodes } from './wrong-codes.js';

export interface HttpAppOptions {
  readonly config: Pick<Config, 'auth' | 'rateLimit'> & Partial<Pick<Config, 'abuseLimits' | 'edge'>>;
  readonly logger: Logger;
  readonly idOfSubject: IdOfSubject;
  /** Where request metrics go; give the one that the OpsModule shows. */
  readonly registry?: Registry;
  /** Patterns of the routes whose answers go on: counted while they are open. */
  readonly liveRoutes?: readonly string[];
  /** What is served as the description of the API; nothing where there is none. */
  readonly document?: ServedDocument;
  /** Folder of the built console; nothing is served at `/console` where there is none. */
  readonly console?: string;
  /** Where requests are traced. */
  readonly tracer?: Tracer | null;
  /** Where the engine is between its start and its end; give the one that the OpsModule shows. */
  readonly lifecycle?: Lifecycle;
  /** How long requests under way may take to end once the app closes, milliseconds. */
  readonly closingPatienceMs?: number;
}

/** The module behind our HTTP conventions: problem documents, credentials, bodies, ids, limits, documentation. Not listening yet. */
export async function createHttpApp(
  module: Type | DynamicModule,
  options: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const { config, logger } = options;
  const { edge = DEFAULT_EDGE } = config;
  const clients = new Clients(edge.trustedProxies);
  const parts = {
    edge,
    clients,
    rateLimit: new RateLimit(config.rateLimit, clients),
    cors: new Cors(edge.corsOrigins),
    turns: new Turns(),
  };
  const adapter = adapterOf(parts, logger);
  registerHooks(adapter.getInstance(), parts, options);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  refuseUnknownMembers(app);
  app.useGlobalPipes(new RequestPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  if (options.document !== undefined) {
    serveOpenApi(app, options.document, edge.docs);
    serveFrontPage(adapter.getInstance(), { docs: edge.docs, console: options.console !== undefined });
  }
  if (options.console !== undefined) serveConsole(adapter.getInstance(), options.console);
  return app;
}

/** What stands between the clients and the routes. */
interface Parts {
  readonly edge: EdgeConfig;
  readonly clients: Clients;
  readonly rateLimit: RateLimit;
  readonly cors: Cors;
  readonly turns: Turns;
}

function adapterOf(parts: Parts, logger: Logger): FastifyAdapter {
  return new FastifyAdapter({
    serverFactory: (handle: RequestListener) => createEdgeServer(handle, parts),
    bodyLimit: BODY_LIMIT,
    // No address has more: an id that is too long to be one is answered by the resource that does not have it.
    routerOptions: { maxParamLength: MAX_HEADER_BYTES, querystringParser: parseQuery },
    // Ours alone: with one of the client's a guest could join, or forge, what somebody else set off.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    frameworkErrors: frameworkErrorHandler(logger, parts),
    clientErrorHandler: answerBrokenHttp(parts),
    forceCloseConnections: 'idle',
    // Its answer would be no problem document; ours is in `registerClosing`.
    return503OnClosing: false,
    multipart: false,
  });
}

function registerHooks(fastify: FastifyInstance, parts: Parts, options: HttpAppOptions): void {
  const { config, logger, idOfSubject, registry = new Registry(), liveRoutes = [], tracer = null } = options;
  const { lifecycle = new Lifecycle(), closingPatienceMs: patienceMs } = options;
  registerClients(fastify, parts.clients);
  registerWrongCodes(fastify, config.abuseLimits === true);
  registerBodyParser(fastify);
  registerCaching(fastify);
  registerCompression(fastify);
  registerRequestContext(fastify, logger);
  if (tracer !== null) registerRequestTraces(fastify, tracer);
  registerRequestMetrics(fastify, registry);
  registerStreamMetrics(fastify, registry, liveRoutes);
  registerLiveLimit(fastify, liveRoutes, parts.edge.liveFeedsPerClient);
  registerCors(fastify, parts.cors);
  registerClosing(fastify, { lifecycle, turns: parts.turns, patienceMs });
  registerRateLimit(fastify, parts.rateLimit);
  registerAddressLimit(fastify);
  registerQuery(fastify);
  registerRouteMethods(fastify);
  registerAuth(fastify, new TokenVerifier(config.auth, idOfSubject, { onTrouble: toldBy(logger) }));
}

/** An identity provider that is away turns away everybody who is signed in: it is told once, and when it is over. */
const toldBy =
  (logger: Logger) =>
  (error: Error | null): void => {
    if (error === null) logger.info('the keys of AUTH_JWKS_URL can be had again');
    else logger.warn({ err: error }, 'tokens of AUTH_JWKS_URL cannot be verified: they are answered 503');
  };
