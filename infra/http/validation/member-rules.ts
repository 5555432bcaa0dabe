import type { Type as Class } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

/** What a member of a request class must be. */
export interface MemberRules {
  readonly name: string;
  /** Absent or null is fine. */
  readonly isOptional: boolean;
  /** What is wrong with the value, by the first rule that it breaks; null where it breaks none. */
  readonly broken: (value: unknown, whole: object) => string | null;
  /** The objects that stand there have rules of their own. */
  readonly isNested: boolean;
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Rule = (args: ValidationArguments) => string | null;

/** The rules that class-validator's decorators declared, in its order: read once, since it groups them anew for every object. */
export function memberRulesOf(type: Class): readonly MemberRules[] {
  const storage = getMetadataStorage();
  const declared = storage.getTargetValidationMetadatas(type, '', false, false);
  // As class-validator itself refuses what it knows no rule of.
  if (declared.length === 0) throw new TypeError(`${type.name} declares no member`);
  return Object.entries(storage.groupByPropertyName(declared)).map(([name, metadatas]) =>
    membersRules(name, metadatas),
  );
}

function membersRules(name: string, metadatas: readonly Metadata[]): MemberRules {
  const of = (type: string): readonly Metadata[] => metadatas.filter((metadata) => metadata.type === type);
  const [conditions, nested] = [of(ValidationTypes.CONDITIONAL_VALIDATION), of(ValidationTypes.NESTED_VALIDATION)];
  const rules = of(ValidationTypes.CUSTOM_VALIDATION).flatMap(rulesOf);
  return {
    name,
    isOptional: conditions.length > 0,
    isNested: nested.length > 0,
    broken: (value, object) => {
      const args = { value, object, property: name, targetName: object.constructor.name, constraints: [] };
      for (const rule of rules) {
        const message = rule(args);
        if (message !== null) return message;
      }
      return null;
    },
  };
}

function rulesOf({ constraintCls, constraints, message, each }: Metadata): readonly Rule[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => {
      const holds = (value: unknown, args: ValidationArguments): boolean => instance.validate(value, args) === true;
      return (common) => {
        const args = { ...common, constraints };
        const { value } = args;
        if (each && Array.isArray(value) ? value.every((one) => holds(one, args)) : holds(value, args)) return null;
        if (typeof message === 'string') return message;
        return (message ?? instance.defaultMessage?.bind(instance))?.(args) ?? '';
      };
    });
}
