import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { MODULE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import fc from 'fast-check';
import { ReadApiModule } from '../../../read-api/read-api.module.js';
import { WriteSideModule } from '../../../write-side/write-side.module.js';
import type { FieldError } from '../../http/index.js';
import { declaredFieldsOf } from '../../http/validation/declared-fields.js';
import type { DeclaredField } from '../../http/validation/declared-fields.js';
import { isRecord } from '../../http/validation/record.js';
import { MAX_ERRORS, RequestClass, unknownMessage } from '../../http/validation/request-class.js';
import type { RequestPart } from '../../http/validation/request-class.js';

type Members = Readonly<Record<string, unknown>>;
type Case = readonly [name: string, type: Type, part: RequestPart];

/** The classes of every `@Body()` and `@Query()` of these modules. */
function requestClasses(modules: readonly Type[]): readonly Case[] {
  const controllers = modules.flatMap((module) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as Type[]);
  const cases = controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((method) => casesOf(controller, method)),
  );
  return [...new Map(cases.map((one) => [one[1], one])).values()];
}

function casesOf(controller: Type, method: string): readonly Case[] {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<
    string,
    { index: number }
  >;
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) as readonly Type[];
  return Object.entries(args).flatMap(([key, { index }]) => {
    const [part, type] = [partOf(key), types[index]];
    return part === null || type === undefined || type === Object ? [] : [[type.name, type, part] as const];
  });
}

const partOf = (key: string): RequestPart | null =>
  key.startsWith(`${RouteParamtypes.BODY}:`) ? 'body' : key.startsWith(`${RouteParamtypes.QUERY}:`) ? 'query' : null;

const JUNK = [
  null,
  undefined,
  '',
  ' ',
  'x\u0000',
  'x'.repeat(600),
  0,
  -1,
  1.5,
  1e12,
  true,
  [],
  ['x', 'x'],
  [null],
  {},
  { x: 1 },
];

/** What the documentation says of a member, as far as values follow from it. */
interface Schema {
  readonly example?: unknown;
  readonly required?: boolean;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function valueOf(type: Type, name: string, part: RequestPart): fc.Arbitrary<unknown> {
  const field = declaredFieldsOf(type).get(name);
  const schema = Reflect.getMetadata('swagger/apiModelProperties', type.prototype as object, name) as Schema;
  const edges = [schema.minimum, schema.maximum].flatMap((edge) =>
    edge === undefined ? [] : [edge - 1, edge, edge + 1],
  );
  const likely =
    schema.example ?? schema.enum?.[0] ?? schema.minimum ?? (schema.required === false ? undefined : 'text');
  if (field?.nested === undefined) {
    const good = part === 'query' && likely !== undefined ? String(likely) : likely;
    return fc.oneof(
      { weight: 30, arbitrary: fc.constant(good) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(...JUNK, ...edges, ...(schema.enum ?? [])) },
      { weight: 1, arbitrary: fc.string() },
    );
  }
  const one = requestOf(field.nested(), part);
  const nested = field.listOf === undefined ? one : fc.array(one, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 30, arbitrary: nested },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...JUNK) },
    { weight: 1, arbitrary: fc.array(fc.oneof(one, fc.constantFrom<unknown>(...JUNK)), { maxLength: 4 }) },
    { weight: 1, arbitrary: one.map((member) => Array.from({ length: (field.listOf ?? 0) + 1 }, () => member)) },
  );
}

/** Bodies and queries of the class, most of them with a member wrong, missing or beyond it. */
function requestOf(type: Type, part: RequestPart): fc.Arbitrary<Members> {
  const members = Object.fromEntries(
    [...declaredFieldsOf(type).keys()].map((name) => [name, valueOf(type, name, part)]),
  );
  const unknown = fc.dictionary(
    fc.constantFrom('x', 'amount', 'constructor', 'toString', 'x'.repeat(300)),
    fc.integer(),
  );
  return fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: fc.record(members) },
        { weight: 1, arbitrary: fc.record(members, { requiredKeys: [] }) },
      ),
      fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: unknown }),
    )
    .map(([known, others]) => ({ ...others, ...known }));
}

/** What is known of the object that is being made. */
interface Making {
  readonly part: RequestPart;
  readonly path: string;
  readonly errors: FieldError[];
}

/** An instance as class-validator wants one, and what the class has no place for. */
function made(type: Type, value: Members, making: Making): object {
  const { part, path, errors } = making;
  const fields = declaredFieldsOf(type);
  const instance = new type() as object;
  for (const [name, field] of fields) {
    if (Object.hasOwn(value, name))
      Object.assign(instance, { [name]: memberOf(field, value[name], { ...making, path: path + name }) });
  }
  for (const name of Object.keys(value).filter((one) => !fields.has(one))) {
    errors.push({ path: `${path}${name.slice(0, 100)}`, message: unknownMessage(part, [...fields.keys()]) });
  }
  return instance;
}

function memberOf({ nested, listOf, read, repeats }: DeclaredField, value: unknown, making: Making): unknown {
  const { part, path, errors } = making;
  if (nested === undefined) {
    const isRepeated = Array.isArray(value) && part === 'query' && repeats !== true;
    if (isRepeated) errors.push({ path, message: 'must be given only once' });
    return read === undefined ? value : read(value);
  }
  const one = (item: unknown, at: string): unknown =>
    isRecord(item) ? made(nested(), item, { ...making, path: `${at}.` }) : item;
  if (listOf === undefined || !Array.isArray(value)) return one(value, path);
  if (value.length <= listOf) return value.map((item: unknown, index) => one(item, `${path}.${index}`));
  errors.push({ path, message: `must have at most ${listOf} members` });
  return undefined;
}

/** What class-validator says, member by member. */
function failuresOf(instance: object): readonly FieldError[] {
  const told = ({ property, constraints, children }: ValidationError, parent: string): readonly FieldError[] => {
    const path = `${parent}${property}`;
    const [own] = Object.values(constraints ?? {});
    if (own !== undefined) return [{ path: path.slice(0, 200), message: own }];
    return (children ?? []).flatMap((child) => told(child, `${path}.`));
  };
  const found = validateSync(instance, { forbidUnknownValues: true, stopAtFirstError: true });
  return found.flatMap((failure) => told(failure, ''));
}

describe.each(requestClasses([WriteSideModule, ReadApiModule]))('%s', (_name, type, part) => {
  it('takes and refuses what class-validator does, member by member and in the same words', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(requestOf(type, part), (value) => {
        const unplaced: FieldError[] = [];
        const expected = made(type, value, { part, path: '', errors: unplaced });
        const wrong = new Set(unplaced.map(({ path }) => path));
        const failures = failuresOf(expected).filter(({ path }) => !wrong.has(path));
        const { instance, errors } = RequestClass.of(type).read(value, part);
        expect(errors).toEqual([...unplaced.slice(0, MAX_ERRORS), ...failures].slice(0, MAX_ERRORS));
        expect(instance).toBeInstanceOf(type);
        expect(instance).toEqual(expected);
        seen[errors.length === 0 ? 'taken' : 'refused']++;
      }),
      { numRuns: 150 },
    );
    expect(seen.taken).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });
});

it('meets every class of the routes', () => {
  expect(requestClasses([WriteSideModule, ReadApiModule]).length).toBeGreaterThan(20);
});
