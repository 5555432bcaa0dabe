import { cartSecretFields, cartTypedFields } from '../../domain/cart/index.js';
import { giftCardTypedFields } from '../../domain/gift-card/index.js';
import { inventoryTypedFields } from '../../domain/inventory/index.js';
import { orderTypedFields } from '../../domain/order/index.js';
import { paymentSecretFields } from '../../domain/payment/index.js';
import { personalFields } from '../../domain/personal-fields.js';
import type { FieldPaths, Json, JsonObject, PersonalFields } from '../../domain/shared/index.js';
import { memberIn } from '../../infra/event-store/index.js';
import type { EventText, RecordedEvent, Span } from '../../infra/event-store/index.js';

type Shown = Pick<RecordedEvent, 'type' | 'data'>;
type ShownText = Pick<EventText, 'type' | 'text'>;
/** Paths to fields by event type, each as a list of member names. */
type Paths = ReadonlyMap<string, readonly (readonly string[])[]>;

function pathsIn(...declared: readonly FieldPaths[]): Paths {
  const paths = new Map<string, (readonly string[])[]>();
  for (const [type, fields] of declared.flatMap((one) => Object.entries(one))) {
    paths.set(type, [...(paths.get(type) ?? []), ...fields.map((field) => field.split('.'))]);
  }
  return new Map([...paths].map(([type, fields]) => [type, fields.filter((path) => !isWithin(path, fields))]));
}

/** Checks whether a shorter path, or an equal one before it, sets the field to null already. */
const isWithin = (path: readonly string[], fields: readonly (readonly string[])[]): boolean =>
  fields.some(
    (field, index) =>
      field.every((name, depth) => name === path[depth]) &&
      (field.length < path.length || index < fields.indexOf(path)),
  );
const fieldsIn = (personal: PersonalFields): FieldPaths =>
  Object.fromEntries(Object.entries(personal).map(([type, { fields }]) => [type, fields]));

const SECRET = pathsIn(cartSecretFields, paymentSecretFields);
const PERSONAL = pathsIn(
  fieldsIn(personalFields),
  cartTypedFields,
  orderTypedFields,
  inventoryTypedFields,
  giftCardTypedFields,
  cartSecretFields,
  paymentSecretFields,
);

/** Makes the data of an event for readers who may see personal data; nobody sees a means of payment. */
export const withoutSecrets = ({ type, data }: Shown): JsonObject => without(data, SECRET.get(type));

/** Does the same to the JSON text of the data. */
export const secretsNulled = ({ type, text }: ShownText): string => nulledAll(text, SECRET.get(type));

/** Makes the data of an event for readers who may not see personal data. */
export const withoutPersons = ({ type, data }: Shown): JsonObject => without(data, PERSONAL.get(type));

/** Does the same to the JSON text of the data. */
export const personsNulled = ({ type, text }: ShownText): string => nulledAll(text, PERSONAL.get(type));

/** Paths to what is hidden of the data of a type: `personal` from analysts, and `paths` from them or from everybody. */
export function hiddenPathsOf(type: string): HiddenPaths {
  const personal = PERSONAL.get(type) ?? [];
  return { personal, paths: [...personal, ...(SECRET.get(type) ?? [])] };
}

type HiddenPaths = Readonly<Record<'personal' | 'paths', readonly (readonly string[])[]>>;

function without(data: JsonObject, paths: readonly (readonly string[])[] | undefined): JsonObject {
  let shown = data;
  for (const path of paths ?? []) shown = nulled(shown, path);
  return shown;
}

/** Copies the data with null at the end of the path; returns the same object where the path has no value. */
function nulled(data: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  if (value === undefined || value === null) return data;
  if (rest.length === 0) return { ...data, [name]: null };
  return isObject(value) ? { ...data, [name]: nulled(value, rest) } : data;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && !Array.isArray(value);

function nulledAll(text: string, paths: readonly (readonly string[])[] | undefined): string {
  let shown = text;
  for (const path of paths ?? []) shown = nulledIn(shown, path);
  return shown;
}

/** Puts null at the end of the path; returns the same text where the path has no value. */
function nulledIn(text: string, path: readonly string[]): string {
  let span: Span | null = { start: 0, end: text.length };
  for (const name of path) {
    span = memberIn(text, name, span.start);
    if (span === null) return text;
  }
  return `${text.slice(0, span.start)}null${text.slice(span.end)}`;
}
