import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { invalid, problem } from '../../infra/http/index.js';
import type { Principal } from '../../infra/http/index.js';
import { pointerNames } from '../../infra/shared/json-pointer.js';
import { withoutPersons } from '../shared/index.js';
import type { AsOf, ReportScope } from '../shared/index.js';
import { explained } from './explained.js';
import { Explainables } from './explainables.js';
import type { Explanation } from './explanation.js';

export interface AskedField {
  /** Such as `orders/{id}`. */
  readonly resource: string;
  /** JSON Pointer. */
  readonly field: string;
  readonly asOf: AsOf | undefined;
  readonly report: ReportScope;
}

/** Asks why a field of a document is what it is. */
export class ExplainField extends Query<Explanation> {
  constructor(
    readonly asked: AskedField,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(ExplainField)
export class ExplainFieldHandler implements IQueryHandler<ExplainField> {
  constructor(private readonly explainables: Explainables) {}

  /** @throws ProblemError RESOURCE.NOT_EXPLAINED, FIELD.NOT_FOUND, FIELD.NOT_EXPLAINED, what reading the document may; 400 */
  async execute({ asked, principal }: ExplainField): Promise<Explanation> {
    const { resource, field, asOf, report } = asked;
    const found = this.explainables.find(resource);
    if (found === null) throw problem('RESOURCE.NOT_EXPLAINED', `Nobody explains \`${resource}\`.`);
    if (!resource.startsWith('reports/')) refuseScope(report);
    const { explainable, path } = found;
    const shown = principal.role === 'analyst' ? withoutPerson : (event: RecordedEvent) => event;
    return explained(await explainable.life({ path, asOf, shown, report }), pointerNames(field) ?? []);
  }
}

const withoutPerson = (event: RecordedEvent): RecordedEvent => ({ ...event, data: withoutPersons(event) });

/** A document of its own is of no days and no channel. */
function refuseScope(report: ReportScope): void {
  for (const [name, value] of Object.entries(report)) {
    if (value !== undefined) throw invalid(name, 'is for items of reports');
  }
}
