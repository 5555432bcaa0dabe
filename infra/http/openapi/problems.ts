import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';

/** Where the schema of a problem document stands in the OpenAPI document. */
export const PROBLEM_REF = '#/components/schemas/Problem';

export const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem document with a stable `code`; some codes add members of their own.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*(\\.[A-Z][A-Z0-9_]*)+$' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** Documents error answers of these statuses; 400 comes with every route. */
export const Problems = (...statuses: readonly number[]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ...[400, ...statuses].map((status) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status] ?? 'Error',
        content: { 'application/problem+json': { schema: { $ref: PROBLEM_REF } } },
      }),
    ),
  );
