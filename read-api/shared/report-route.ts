import { applyDecorators } from '@nestjs/common';
import { Operation, Roles } from '../../infra/http/index.js';
import type { OperationText } from '../../infra/http/index.js';
import type { NamedSchema } from '../../domain/shared/schema.js';
import { Reads } from './reads.js';
import { columnsOf } from './report-form.js';
import { AnswersReport } from './responses.js';

export interface ReportRouteText<Item> extends OperationText {
  /** The read model whose sums it answers. */
  readonly from: string;
  readonly item: NamedSchema<Item>;
  /** Name of the schema of a page. */
  readonly page: string;
  /** A table of one row. */
  readonly csv: string;
}

/** A route of a report, for analysts and admin: it is answered in pages of JSON, or as a table of all of it. */
export const ReportRoute = <Item>({ from, item, page, csv, ...text }: ReportRouteText<Item>): MethodDecorator =>
  applyDecorators(
    Roles('analyst', 'admin'),
    Reads({ from: [from], exact: true, columns: columnsOf(item) }),
    Operation(text),
    AnswersReport({ item, page, csv }),
  );
