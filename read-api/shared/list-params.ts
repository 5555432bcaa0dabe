import { CursorParam, DEFAULT_LIMIT, LimitParam } from '../../infra/http/index.js';

/** `?limit=&cursor=` of every list. */
export class ListParams {
  @LimitParam()
  readonly limit: number = DEFAULT_LIMIT;

  @CursorParam()
  readonly cursor?: string;
}
