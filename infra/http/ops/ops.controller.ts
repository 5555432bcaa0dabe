import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import { METRICS_REGISTRY, READINESS_CHECKS } from './readiness.js';
import type { ReadinessCheck } from './readiness.js';
import { readinessOf } from './readiness.js';

const readinessSchema = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: { type: 'string', enum: ['ready', 'not-ready'] },
    checks: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

/** What operators and orchestrators ask. */
@ApiTags('operations')
@Controller()
export class OpsController {
  constructor(
    @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[],
    @Inject(METRICS_REGISTRY) private readonly registry: Registry,
  ) {}

  /** Alive: the process answers. */
  @Get('healthz')
  @ApiOkResponse({ schema: { type: 'object', required: ['status'], properties: { status: { type: 'string' } } } })
  health(): { status: string } {
    return { status: 'alive' };
  }

  /** Ready: stores answer, read models have caught up. */
  @Get('readyz')
  @ApiOkResponse({ schema: readinessSchema })
  @ApiResponse({ status: 503, description: 'Not ready: some check failed', schema: readinessSchema })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const readiness = await readinessOf(this.checks);
    const ready = readiness.status === 'ready';
    if (!ready) void reply.header('retry-after', '2');
    await reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness);
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Prometheus text format', schema: { type: 'string' } })
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.registry.contentType).send(await this.registry.metrics());
  }
}
