import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import { Operation } from '../openapi/operation.js';
import { Answer } from '../openapi/answer.js';
import { Health, Readiness } from './ops-answers.js';
import type { Lifecycle } from '../closing.js';
import { LIFECYCLE, METRICS_REGISTRY, READINESS_CHECKS } from './readiness.js';
import type { ReadinessCheck } from './readiness.js';
import { readinessOf } from './readiness.js';

/** What operators and orchestrators ask. */
@ApiTags('operations')
@Controller()
export class OpsController {
  constructor(
    @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[],
    @Inject(METRICS_REGISTRY) private readonly registry: Registry,
    @Inject(LIFECYCLE) private readonly lifecycle: Lifecycle,
  ) {}

  @Get('healthz')
  @Operation({
    id: 'operations.health',
    summary: 'Ask whether the process is alive',
    description: 'Answers as long as the process does; an orchestrator restarts what does not.',
    credential: 'none',
  })
  @Answer(200, Health, { description: 'It is alive.' })
  health(): { status: string } {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Operation({
    id: 'operations.readiness',
    summary: 'Ask whether requests should be sent here',
    description: 'Ready means that the stores answer and the read models have caught up.',
    credential: 'none',
  })
  @Answer(200, Readiness, { description: 'Ready.' })
  @Answer(503, Readiness, {
    description: 'Not ready: some check failed, or the process is about to stop.',
    headers: ['Retry-After'],
    example: { status: 'not-ready', checks: { 'event-store': 'StoreUnavailableError' } },
  })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const found = await readinessOf(this.checks);
    const readiness = this.lifecycle.stage === 'serving' ? found : { ...found, status: 'draining' };
    const ready = readiness.status === 'ready';
    if (!ready) void reply.header('retry-after', '2');
    await reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness);
  }

  @Get('metrics')
  @Operation({
    id: 'operations.metrics',
    summary: 'Read the metrics',
    description: 'Metrics of this process in the text format of Prometheus.',
    credential: 'none',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({
    description: 'The metrics.',
    schema: {
      type: 'string',
      examples: ['cartwright_http_requests_total{method="GET",route="/healthz",status="200"} 1\n'],
    },
  })
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.registry.contentType).send(await this.registry.metrics());
  }
}
