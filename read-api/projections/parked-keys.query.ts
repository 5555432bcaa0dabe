import { Inject } from '@nestjs/common';
import { Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { PROJECTION_OPERATIONS } from '../../infra/engine/projections/projection-operations.js';
import type { ProjectionOperations } from '../../infra/engine/projections/projection-operations.js';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { queryName, readKeyset } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';
import { GetProjection } from './get-projection.query.js';
import type { ParkedKeyItem } from './projection-repairs.js';

/** A page of what a read model could not apply, by key. */
export class ParkedKeys extends Query<Page<ParkedKeyItem>> {
  constructor(
    readonly name: string,
    readonly request: ListParams,
  ) {
    super();
  }
}

@QueryHandler(ParkedKeys)
export class ParkedKeysHandler implements IQueryHandler<ParkedKeys> {
  constructor(
    @Inject(PROJECTION_OPERATIONS) private readonly operations: ProjectionOperations,
    private readonly queries: QueryBus,
  ) {}

  /** @throws ProblemError READ_MODEL.NOT_FOUND, 400 naming `cursor` */
  async execute({ name, request: { limit, cursor } }: ParkedKeys): Promise<Page<ParkedKeyItem>> {
    const { version, build } = await this.queries.execute(new GetProjection(name));
    const list = queryName('parked-keys', { name, version, build });
    const [after] = readKeyset(cursor, list, 1) ?? [];
    const { keys, next } = await this.operations.parked(name, { limit, after });
    return {
      items: keys.map(({ key, since, error }) => ({ key, since, error })),
      nextCursor: next === null ? null : writeCursor(list, [next]),
    };
  }
}
