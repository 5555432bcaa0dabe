import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Shape } from '../../domain/shared/schema.js';
import { Answer, IF_MATCH_PATTERN, Refuses } from '../../infra/http/index.js';

export interface WriteRouteOptions {
  /** Schema of the answer and what it says, by status. */
  readonly answers: Readonly<Record<number, readonly [Shape, string]>>;
  /** Headers of the answer besides ETag and Consistency-Token. */
  readonly headers?: readonly string[];
}

/** Documents a write: the headers that all of them take and give, its answers, and what any write can be refused for. */
export const WriteRoute = ({ answers, headers = [] }: WriteRouteOptions): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]*[\\x21-\\x7e][\\x20-\\x7e]*$' },
      description:
        'Printable ASCII, scoped to method, route and who asks; of a guest at least 22 characters and a secret, such as a ' +
        'UUID. Sent again with the same body, in whatever order of its members, it gets the first status and body again ' +
        'for at least 24 hours, whatever `Prefer` says then (a 202 stays one: read the order for what became of it). ' +
        'With another body it is 422, while the first is still being answered 409; a refused validation is not kept.',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'ETag that the resource must have, or a list of them; else 412.',
      schema: { type: 'string', pattern: IF_MATCH_PATTERN },
    }),
    ...Object.entries(answers).map(([status, [schema, description]]) =>
      Answer(Number(status), schema, { description, headers: ['ETag', 'Consistency-Token', ...headers] }),
    ),
    Refuses('write', [
      'AUTH.REQUIRED',
      'COMMAND.TOO_LARGE',
      'REQUEST.IDEMPOTENCY_KEY_REUSED',
      'REQUEST.IN_PROGRESS',
      'REQUEST.PRECONDITION_FAILED',
      'REQUEST.TOO_LARGE',
      'REQUEST.UNSUPPORTED_MEDIA_TYPE',
    ]),
  );
