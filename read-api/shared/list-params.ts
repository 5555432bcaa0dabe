import { CursorParam, DEFAULT_LIMIT, Described, LimitParam } from '../../infra/http/index.js';

/** `?limit=&cursor=` of every list. */
export class ListParams {
  @Described('How many items a page has.')
  @LimitParam()
  readonly limit: number = DEFAULT_LIMIT;

  @Described('`nextCursor` of the page before, with the same filters.')
  @CursorParam()
  readonly cursor?: string;
}
