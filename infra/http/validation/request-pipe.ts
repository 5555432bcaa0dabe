import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { problem } from '../problem.js';
import { mayBeLeftOut } from './optional-body.js';
import { isRecord } from './record.js';
import { RequestClass } from './request-class.js';
import type { RequestPart } from './request-class.js';

/** Ids, SKUs and names in a path are visible; whatever else stands there names nothing. */
const PATH_VALUE = /^[^\p{Cc}\p{Cs}]+$/u;
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, Buffer]);

/** Bodies and queries become instances of the class that the route names, or 400 REQUEST.INVALID with every field that is wrong. */
export class RequestPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'param') return pathValue(value, data);
    if (type === 'custom' || metatype === undefined || BUILT_IN.has(metatype)) return value;
    if (type === 'body' && !isRecord(value) && !(value === undefined && mayBeLeftOut(metatype))) {
      throw problem('REQUEST.INVALID', 'The body must be a JSON object.', {
        errors: [{ path: '', message: 'must be a JSON object' }],
      });
    }
    return validated(metatype, isRecord(value) ? value : {}, type);
  }
}

function validated(type: Type<unknown>, value: object, part: RequestPart): unknown {
  const { instance, errors } = RequestClass.of(type).read(value as Readonly<Record<string, unknown>>, part);
  if (errors.length === 0) return instance;
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw problem('REQUEST.INVALID', detail.slice(0, 1000), { errors });
}

/** One value by its name, or all of them. */
function pathValue(value: unknown, name: string | undefined): unknown {
  const values = name === undefined && isRecord(value) ? Object.values(value) : [value];
  for (const one of values) {
    if (typeof one !== 'string' || !PATH_VALUE.test(one)) throw problem('ROUTE.NOT_FOUND', 'There is no such route.');
  }
  return value;
}
