import { CurrencyCode, Described, QueryDay, QueryFilter, QueryTimeZone } from '../../infra/http/index.js';
import { ListParams } from './list-params.js';

/** Of every report; each has a `by` of its own. */
export class ReportParams extends ListParams {
  @Described('First day that counts.', '2026-03-01')
  @QueryDay()
  readonly from?: string;

  @Described('Last day that counts.', '2026-03-31')
  @QueryDay()
  readonly to?: string;

  @Described('ISO 4217; every currency where it is not said.', 'USD')
  @CurrencyCode({ optional: true })
  readonly currency?: string;

  @Described(
    'IANA: whose days are counted by, of 23 and 25 hours where clocks are put forward or back; UTC where it is not said.',
    'America/New_York',
  )
  @QueryTimeZone()
  readonly timeZone?: string;

  @Described('Code of the channel that was sold in; every channel where it is not said.', 'default')
  @QueryFilter()
  readonly channel?: string;
}
