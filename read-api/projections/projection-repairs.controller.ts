import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { PROJECTION_OPERATIONS } from '../../infra/engine/projections/projection-operations.js';
import type { ProjectionOperations } from '../../infra/engine/projections/projection-operations.js';
import { Answer, Operation, problem, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, ListParams, pageOf, Reads } from '../shared/index.js';
import { GetProjection } from './get-projection.query.js';
import { ParkedKeys } from './parked-keys.query.js';
import { ParkedKeyItem, ParkedRetry, RebuildView } from './projection-repairs.js';

const ParkedKeyPage = pageOf(ParkedKeyItem, 'ParkedKeyPage');

/**
 * Mends read models. It stands with the reads, as nothing of it is a command about the shop: no event comes of it, and what it
 * changes is derived from the log.
 */
@ApiTags('operations')
@Controller('v1/projections/:name')
@Roles('admin')
export class ProjectionRepairsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PROJECTION_OPERATIONS) private readonly operations: ProjectionOperations,
  ) {}

  @Get('parked')
  @Reads({ from: 'log' })
  @Operation({
    id: 'projections.parked',
    summary: 'List what a read model could not apply',
    description: 'Lists the keys whose events wait for a retry, with the error of the first.',
    codes: ['READ_MODEL.NOT_FOUND'],
  })
  @Answers(ParkedKeyPage, 'A page of keys.')
  parked(@Param('name') name: string, @Query() request: ListParams): Promise<Page<ParkedKeyItem>> {
    return this.queries.execute(new ParkedKeys(name, request));
  }

  @Post('parked/:key/retry')
  @HttpCode(200)
  @Reads({ from: 'log' })
  @Operation({
    id: 'projections.retry',
    summary: 'Apply what is parked again',
    description:
      'Has the process that keeps the read models apply the events of a key again, after what was wrong has been mended; where none ' +
      'answers in time it is 503, and done as soon as one does.',
    codes: ['READ_MODEL.NOT_FOUND', 'READ_MODEL.NOT_PARKED'],
  })
  @Answers(ParkedRetry, 'What it came to.')
  async retry(@Param('name') name: string, @Param('key') key: string): Promise<ParkedRetry> {
    await this.queries.execute(new GetProjection(name));
    const answer = await this.operations.retry(name, key);
    if (answer === null) {
      const headers = { 'retry-after': '5' };
      throw problem('READ_MODEL.BEHIND', 'No process keeps the read models now.', { headers });
    }
    if (answer.outcome === 'not-parked') throw problem('READ_MODEL.NOT_PARKED', 'Nothing is parked under this key.');
    return answer.outcome === 'lifted'
      ? { outcome: 'applied', events: answer.events, reason: null }
      : { outcome: 'parked', events: 0, reason: answer.reason };
  }

  @Post('rebuild')
  @HttpCode(202)
  @Reads({ from: 'log' })
  @Operation({
    id: 'projections.rebuild',
    summary: 'Rebuild a read model',
    description:
      'Has the process that keeps the read models build one anew from the log beside the one that is read, compare the two, and put it in ' +
      'its place. Reads go on meanwhile; a process that is stopped goes on after its start.',
    codes: ['READ_MODEL.NOT_FOUND', 'READ_MODEL.REBUILDING'],
  })
  @Answer(202, RebuildView, { description: 'It is asked for.' })
  async rebuild(@Param('name') name: string): Promise<RebuildView> {
    await this.queries.execute(new GetProjection(name));
    const isAsked = await this.operations.rebuild(name);
    if (!isAsked) throw problem('READ_MODEL.REBUILDING', 'This read model is being rebuilt.');
    return this.standing(name);
  }

  @Get('rebuild')
  @Reads({ from: 'log' })
  @Operation({
    id: 'projections.rebuilt',
    summary: 'Read how a rebuild stands',
    description:
      'Shows how far the last rebuild that was asked for by this API has come, and whether anything was not the same.',
    codes: ['READ_MODEL.NOT_FOUND', 'READ_MODEL.NOT_REBUILT'],
  })
  @Answers(RebuildView, 'The rebuild.')
  async rebuilt(@Param('name') name: string): Promise<RebuildView> {
    await this.queries.execute(new GetProjection(name));
    return this.standing(name);
  }

  private async standing(name: string): Promise<RebuildView> {
    const status = await this.operations.rebuildStatus(name);
    if (status === null) throw problem('READ_MODEL.NOT_REBUILT', 'No rebuild of this read model was asked for.');
    const { state, position, head, differing, error } = status;
    return { state, position: position ?? '', head: head ?? '', differing: differing ?? 0, error };
  }
}
