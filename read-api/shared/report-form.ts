import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { FastifyRequest } from 'fastify';
import type { Json, JsonObject } from '../../domain/shared/index.js';
import { definitionsOf } from '../../domain/shared/schema.js';
import type { Shape } from '../../domain/shared/schema.js';
import { told } from '../../infra/engine/projections/explains.js';
import type { Explains, FieldRule } from '../../infra/engine/projections/explains.js';
import { preferredCoding } from '../../infra/http/index.js';

export const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';

/** In which form a report is answered: a page in JSON, or a table with every row. */
export type ReportForm = 'json' | 'csv';

/** The form that a client likes better; JSON where it likes both, or neither. */
export const formOf = ({ headers }: Pick<FastifyRequest, 'headers'>): ReportForm =>
  preferredCoding(headers.accept, [JSON_TYPE, CSV_TYPE]) === CSV_TYPE ? 'csv' : 'json';

/** Hands the form to the route's method as a parameter. */
export const AskedForm = createParamDecorator((_: unknown, context: ExecutionContext): ReportForm =>
  formOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * Names the columns of a table with a row for each item of a shape: its members, those of objects in it by a dotted path
 * (`revenue.amount`).
 */
export function columnsOf(shape: Shape): readonly string[] {
  const definitions = definitionsOf(shape);
  const columns = (json: Json | undefined, path: string): readonly string[] => {
    const { $ref, properties, oneOf } = isObject(json) ? json : {};
    if (typeof $ref === 'string') return columns(definitions.get($ref), path);
    if (Array.isArray(oneOf)) return columns(oneOf[0], path);
    if (!isObject(properties)) return [path];
    return Object.entries(properties).flatMap(([name, member]) =>
      columns(member, path === '' ? name : `${path}.${name}`),
    );
  };
  return columns(shape.json, '');
}

/** How the fields of an item came about: each as its schema says, by what events add. */
export function explainsItem(shape: Shape): Explains {
  const definitions = definitionsOf(shape);
  const fields = (json: Json | undefined, pointer: string): readonly (readonly [string, FieldRule])[] => {
    const { $ref, properties, description } = isObject(json) ? json : {};
    const isWhole = pointer === '' && typeof $ref === 'string';
    if (isWhole) return fields(definitions.get($ref), pointer);
    const own = typeof description === 'string' && pointer !== '' ? [[pointer, told(description)] as const] : [];
    const members = isObject(properties) ? Object.entries(properties) : [];
    return [...own, ...members.flatMap(([name, member]) => fields(member, `${pointer}/${name}`))];
  };
  return { fields: Object.fromEntries(fields(shape.json, '')) };
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A table (RFC 4180) with the names of its columns in the first line; a text that would pass for a formula has `'` before it. */
export const csvOf = (columns: readonly string[], items: readonly object[]): string =>
  stringify(items as object[], {
    header: true,
    columns: columns.map((key) => ({ key })),
    record_delimiter: 'windows',
    // A line end within a text, of whatever kind.
    quoted_match: /[\r\n]/,
    cast: { string: (text) => (FORMULA.test(text) ? `'${text}` : text) },
  });
