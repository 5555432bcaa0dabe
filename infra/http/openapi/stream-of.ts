import { ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import type { ApiResponseSchemaHost } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import type { NamedSchema } from '../../../domain/shared/schema.js';
import { WithSchemas } from './answer.js';

interface StreamOptions {
  readonly mediaType: string;
  /** What one item of the stream is. */
  readonly item: NamedSchema<unknown>;
  readonly description: string;
  /** The beginning of a stream, as it is sent. */
  readonly example: string;
}

/**
 * Documents an answer that is a stream of JSON documents. OpenAPI 3.1 can say what a text holds, not that it holds many:
 * a client must not take the answer for one document, so it is a text here.
 */
export const StreamOf = ({ mediaType, item, description, example }: StreamOptions): MethodDecorator =>
  applyDecorators(
    WithSchemas(200, item),
    ApiOkResponse({
      description,
      content: {
        [mediaType]: {
          schema: {
            type: 'string',
            description: `Many items, each as the schema ${item.name} says.`,
            contentMediaType: 'application/json',
            contentSchema: { $ref: getSchemaPath(item.name) },
          },
          example,
        },
      },
    } as object as ApiResponseSchemaHost),
  );
