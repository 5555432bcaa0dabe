import { cartPersonalFields, cartSecretFields, cartTypedFields } from '../../domain/cart/index.js';
import { orderPersonalFields, orderTypedFields } from '../../domain/order/index.js';
import { paymentPersonalFields, paymentSecretFields } from '../../domain/payment/index.js';
import type { FieldPaths, Json, JsonObject, PersonalFields } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';

type Shown = Pick<RecordedEvent, 'type' | 'data'>;
/** Names on the way to a field, by event type. */
type Paths = ReadonlyMap<string, readonly (readonly string[])[]>;

const pathsIn = (...declared: readonly FieldPaths[]): Paths => {
  const paths = new Map<string, (readonly string[])[]>();
  for (const [type, fields] of declared.flatMap((one) => Object.entries(one))) {
    paths.set(type, [...(paths.get(type) ?? []), ...fields.map((field) => field.split('.'))]);
  }
  return paths;
};
const fieldsIn = (personal: PersonalFields): FieldPaths =>
  Object.fromEntries(Object.entries(personal).map(([type, { fields }]) => [type, fields]));

const SECRET = pathsIn(cartSecretFields, paymentSecretFields);
const PERSONAL = pathsIn(
  ...[cartPersonalFields, orderPersonalFields, paymentPersonalFields].map(fieldsIn),
  cartTypedFields,
  orderTypedFields,
  cartSecretFields,
  paymentSecretFields,
);

/** The data of an event for those who may see whom it is about: a means of payment is shown to nobody. */
export const withoutSecrets = ({ type, data }: Shown): JsonObject => without(data, SECRET.get(type));

/** The data of an event for those who are not to know whom it is about. */
export const withoutPersons = ({ type, data }: Shown): JsonObject => without(data, PERSONAL.get(type));

function without(data: JsonObject, paths: readonly (readonly string[])[] | undefined): JsonObject {
  let shown = data;
  for (const path of paths ?? []) shown = nulled(shown, path);
  return shown;
}

/** A copy with null at the end of the path; the same object where nothing is there. */
function nulled(data: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  if (value === undefined || value === null) return data;
  if (rest.length === 0) return { ...data, [name]: null };
  return isObject(value) ? { ...data, [name]: nulled(value, rest) } : data;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && !Array.isArray(value);
