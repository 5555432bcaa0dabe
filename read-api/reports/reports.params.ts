import { Described, QueryChoice } from '../../infra/http/index.js';
import { PERIODS, ReportParams } from '../shared/index.js';

const BY_PROVIDER = [...PERIODS, 'provider', 'channel'] as const;
const GROUPED = 'What the report is grouped by.';

export class ProviderReportParams extends ReportParams {
  @Described(GROUPED, 'day')
  @QueryChoice(BY_PROVIDER, { required: true })
  readonly by!: (typeof BY_PROVIDER)[number];
}
