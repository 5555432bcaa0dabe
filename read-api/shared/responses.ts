import { applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiOkResponse, ApiSchema } from '@nestjs/swagger';
import { headerRefs, ListProperty, NullableText } from '../../infra/http/index.js';

/** The class of a page `{items, nextCursor}` of this class, under a name of its own. */
export function pageOf(item: Type, name: string): Type {
  @ApiSchema({ name, description: 'A page of a list.' })
  class PageResponse {
    @ListProperty(item, 'In the order of the list.')
    readonly items!: readonly object[];
    @NullableText('For `cursor` of the next page; null on the last.', null)
    readonly nextCursor!: string | null;
  }
  return PageResponse;
}

/** Documents the answer of a read, with the headers that it has of its own. */
export const Answers = (type: Type, description: string, headers: readonly string[] = []): MethodDecorator =>
  applyDecorators(ApiOkResponse({ type, description, headers: headerRefs(headers) }));
