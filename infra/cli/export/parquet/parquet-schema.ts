import type { SchemaElement } from 'hyparquet';
import type { ColumnType } from './column-type.js';

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;
const REQUIRED = { repetition_type: 'REQUIRED' } as const;

/** The column for what of an event's data its type has no column for: an object by JSON Pointer, as JSON; mostly null. */
export const OTHER = 'other';

/** The members of a line of the feed, `data` by the type of the event. */
export function parquetSchema(data: ColumnType): SchemaElement[] {
  const columns: SchemaElement[][] = [
    [{ name: 'id', ...TEXT, ...REQUIRED }],
    [{ name: 'position', ...TEXT, ...REQUIRED }],
    [{ name: 'stream', ...TEXT, ...REQUIRED }],
    [{ name: 'category', ...TEXT, ...REQUIRED }],
    [{ name: 'revision', type: 'INT32', ...REQUIRED }],
    [{ name: 'type', ...TEXT, ...REQUIRED }],
    [{ name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', ...REQUIRED }],
    [{ name: 'actor', ...TEXT, ...OPTIONAL }],
    [{ name: 'commandId', ...TEXT, ...OPTIONAL }],
    [{ name: 'correlationId', ...TEXT, ...OPTIONAL }],
    [{ name: 'causationId', ...TEXT, ...OPTIONAL }],
    elementsOf('data', data),
    [{ name: OTHER, ...TEXT, ...OPTIONAL }],
  ];
  return [{ name: 'event', num_children: columns.length }, ...columns.flat()];
}

function elementsOf(name: string, type: ColumnType): SchemaElement[] {
  switch (type.kind) {
    case 'number':
      return [{ name, type: 'DOUBLE', ...OPTIONAL }];
    case 'boolean':
      return [{ name, type: 'BOOLEAN', ...OPTIONAL }];
    case 'list':
      return [
        { name, converted_type: 'LIST', num_children: 1, ...OPTIONAL },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elementsOf('element', type.item),
      ];
    case 'struct': {
      const members = [...type.members].flatMap(([member, each]) => elementsOf(member, each));
      return [{ name, num_children: type.members.size, ...OPTIONAL }, ...members];
    }
    default:
      return [{ name, ...TEXT, ...OPTIONAL }];
  }
}
