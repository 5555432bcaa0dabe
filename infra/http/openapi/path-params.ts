import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

/** Documents parameters of a path that a route takes all at once. */
export const PathParams = (...names: readonly string[]): MethodDecorator =>
  applyDecorators(...names.map((name) => ApiParam({ name, schema: { type: 'string' } })));
