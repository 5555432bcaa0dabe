// JSON Schemas (2020-12) of TypeScript types, by the compiler's own reading of them: aliases, unions and types that are
// inferred from values are resolved, which generators that read the syntax alone do not do.
import ts from 'typescript';

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
};

/** Reads the types that a source exports, which need not be a file: at this path imports are resolved. */
export function readTypes(path, source) {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (asked) => asked === path || fileExists(asked);
  host.getSourceFile = (asked, ...rest) =>
    asked === path ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2022) : getSourceFile(asked, ...rest);
  const program = ts.createProgram([path], OPTIONS, host);
  const file = program.getSourceFile(path);
  const problems = program.getSemanticDiagnostics(file).map(({ messageText }) => messageText);
  if (problems.length > 0) throw new Error(ts.flattenDiagnosticMessageText(problems[0], '\n'));
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file));
  return { checker, types: new Map(exported.map((one) => [one.name, checker.getDeclaredTypeOfSymbol(one)])) };
}

/** The members of a union; a type that is none is its only one. */
export const membersOf = (type) => (type.isUnion() ? type.types : [type]);

/** The type of a member of an object type. */
export const memberOf = (checker, type, name) => checker.getTypeOfSymbol(checker.getPropertyOfType(type, name));

/** The schema of a type; a type that holds itself stands in `$defs`. @throws Error for a type that JSON has no value of */
export function schemaOf(checker, type) {
  const writer = new SchemaWriter(checker);
  const schema = writer.of(type);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, ...writer.definitions() };
}

const has = (type, flag) => (type.flags & flag) !== 0;

class SchemaWriter {
  #names = new Map();
  #open = new Set();
  #defs = {};

  constructor(checker) {
    this.checker = checker;
  }

  definitions() {
    return Object.keys(this.#defs).length === 0 ? {} : { $defs: this.#defs };
  }

  of(type) {
    if (has(type, ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (has(type, ts.TypeFlags.Null)) return { type: 'null' };
    if (has(type, ts.TypeFlags.BooleanLike)) return boolean(this.checker, type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (has(type, ts.TypeFlags.StringLike)) return { type: 'string' };
    if (has(type, ts.TypeFlags.NumberLike)) return { type: 'number' };
    if (type.isUnion()) return this.#union(type);
    if (type.isIntersection()) return this.#intersection(type);
    if (has(type, ts.TypeFlags.NonPrimitive)) return { type: 'object' };
    if (has(type, ts.TypeFlags.Object)) return this.#structure(type);
    throw new Error(`JSON has no value of ${this.checker.typeToString(type)}`);
  }

  #union(type) {
    const members = type.types.filter((member) => !has(member, ts.TypeFlags.Undefined));
    const texts = members.filter((member) => member.isStringLiteral()).map(({ value }) => value);
    const isBoolean = members.filter((member) => has(member, ts.TypeFlags.BooleanLiteral)).length === 2;
    const others = members.filter(
      (member) => !member.isStringLiteral() && !(isBoolean && has(member, ts.TypeFlags.BooleanLiteral)),
    );
    const schemas = others.map((member) => this.of(member));
    if (isBoolean) schemas.unshift({ type: 'boolean' });
    if (texts.length > 0) schemas.unshift(texts.length === 1 ? { const: texts[0] } : { enum: texts });
    return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  }

  /** What is marked by a type that no value has, such as `Personal<string>`, is what it marks. */
  #intersection(type) {
    const marked = type.types.find((part) => !has(part, ts.TypeFlags.Object | ts.TypeFlags.TypeParameter));
    if (marked !== undefined) return this.of(marked);
    const list = type.types.find((part) => this.#isList(part));
    return list === undefined ? this.#structure(type) : this.of(list);
  }

  #isList(type) {
    return this.checker.isArrayType(type) || this.checker.isTupleType(type);
  }

  /** A type within itself is referred to by its name. */
  #structure(type) {
    if (this.#open.has(type)) {
      if (!this.#names.has(type)) this.#names.set(type, this.#nameOf(type));
      return { $ref: `#/$defs/${this.#names.get(type)}` };
    }
    this.#open.add(type);
    const schema = this.#isList(type) ? this.#list(type) : this.#object(type);
    this.#open.delete(type);
    const name = this.#names.get(type);
    if (name === undefined) return schema;
    this.#defs[name] = schema;
    return { $ref: `#/$defs/${name}` };
  }

  #nameOf(type) {
    const name = type.aliasSymbol?.name ?? type.symbol?.name ?? 'Value';
    return /^\w+$/.test(name) && !name.startsWith('__') ? name : `Value${this.#names.size + 1}`;
  }

  #list(type) {
    const items = this.checker.getTypeArguments(type);
    if (this.checker.isArrayType(type)) return { type: 'array', items: this.of(items[0]) };
    const { elementFlags } = type.target;
    const isRest = (_, index) => (elementFlags[index] & ts.ElementFlags.Rest) !== 0;
    const rest = items.find(isRest);
    const fixed = items.filter((item, index) => !isRest(item, index));
    const least = elementFlags.filter((flags) => (flags & ts.ElementFlags.Required) !== 0).length;
    if (rest !== undefined && fixed.every((item) => item === rest))
      return { type: 'array', items: this.of(rest), ...(least > 0 && { minItems: least }) };
    return {
      type: 'array',
      ...(fixed.length > 0 && { prefixItems: fixed.map((item) => this.of(item)), minItems: least }),
      items: rest === undefined ? false : this.of(rest),
    };
  }

  #object(type) {
    // Members that are called by a symbol are marks of the type, which no value has.
    const members = this.checker
      .getPropertiesOfType(type)
      .filter(({ escapedName }) => !`${escapedName}`.startsWith('__@'));
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
    const required = members.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
    return {
      type: 'object',
      ...(members.length > 0 && {
        properties: Object.fromEntries(members.map((one) => [one.name, this.#member(one)])),
      }),
      ...(required.length > 0 && { required }),
      additionalProperties: index === undefined ? false : this.of(index),
    };
  }

  #member(symbol) {
    const schema = this.of(this.checker.getTypeOfSymbol(symbol));
    const description = ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    return description === '' ? schema : { description, ...schema };
  }
}

const boolean = (checker, type) =>
  has(type, ts.TypeFlags.BooleanLiteral) ? { const: checker.typeToString(type) === 'true' } : { type: 'boolean' };
