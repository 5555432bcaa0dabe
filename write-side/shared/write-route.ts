import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { ApiResponseSchemaHost } from '@nestjs/swagger';
import { Problems } from '../../infra/http/index.js';

export interface WriteRouteOptions {
  /** JSON Schema of the answer, by status. */
  readonly answers: Readonly<Record<number, object>>;
  /** Statuses of refusals besides 400. */
  readonly problems: readonly number[];
}

const text = { schema: { type: 'string' } };
const ANSWER_HEADERS = {
  ETag: { description: 'Revision of the resource', ...text },
  'Consistency-Token': { description: 'Send it with a read to see at least this write', ...text },
};

/** Documents a write: the headers that all of them take and give, its answers and its refusals. */
export const WriteRoute = ({ answers, problems }: WriteRouteOptions): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]*$' },
      description:
        'Printable ASCII, scoped to method, route and who asks; of a guest at least 22 characters and a secret, such as a ' +
        'UUID. Sent again with the same body, in whatever order of its members, it gets the first status and body again ' +
        'for at least 24 hours, whatever `Prefer` says then (a 202 stays one: read the order for what became of it). ' +
        'With another body it is 422, while the first is still being answered 409; a refused validation is not kept.',
    }),
    ApiHeader({ name: 'If-Match', required: false, description: 'ETag that the resource must have, else 412' }),
    ...Object.entries(answers).map(([status, schema]) =>
      ApiResponse({
        status: Number(status),
        description: 'Done',
        schema: schema as ApiResponseSchemaHost['schema'],
        headers: ANSWER_HEADERS as NonNullable<ApiResponseSchemaHost['headers']>,
      }),
    ),
    Problems(...problems, 409, 412, 413, 415, 422, 429, 503),
  );
