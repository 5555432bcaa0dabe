import { listOf, named, nullable, object, text } from '../../domain/shared/schema.js';
import type { NamedSchema, Schema, Shape } from '../../domain/shared/schema.js';
import { Answer } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';

export const nextCursor = nullable(text(), 'For `cursor` of the next page; null on the last.', null);

/** A page `{items, nextCursor}` of these, under a name of its own. */
export const pageOf = <Item>(item: Schema<Item>, name: string): NamedSchema<Page<Item>> =>
  named(name, object({ items: listOf(item, 'In the order of the list.'), nextCursor }, 'A page of a list.'));

/** Documents the answer of a read, with the headers that it has of its own. */
export const Answers = (schema: Shape, description: string, headers: readonly string[] = []): MethodDecorator =>
  Answer(200, schema, { description, headers });

interface ReportAnswer<Item> {
  readonly item: NamedSchema<Item>;
  /** Name of the schema of a page of them. */
  readonly page: string;
  /** A table of one row. */
  readonly csv: string;
}

/** Documents the answer of a report: a page of it, or a table of the whole as CSV. */
export const AnswersReport = <Item>({ item, page, csv }: ReportAnswer<Item>): MethodDecorator =>
  Answer(200, pageOf(item, page), {
    description: 'A page of the report; as `text/csv` a table with all of it, whatever `limit` and `cursor` say.',
    csv,
  });
