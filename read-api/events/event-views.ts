import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE, SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { Principal } from '../../infra/http/index.js';
import { clearView, pseudonymousView } from './event-view.js';
import type { EventView } from './event-view.js';

/** Who sees the log in which view. */
@Injectable()
export class EventViews {
  readonly #clear: EventView;
  readonly #pseudonymous: EventView;

  constructor(
    @Inject(EVENT_STORE) log: EventStore,
    @Inject(SEALED_EVENT_STORE) sealed: EventStore,
    @Inject(CONFIG) { serverSecret }: Pick<Config, 'serverSecret'>,
  ) {
    this.#clear = clearView(log);
    this.#pseudonymous = pseudonymousView(sealed, serverSecret);
  }

  of(principal: Principal | null): EventView {
    return principal?.role === 'admin' ? this.#clear : this.#pseudonymous;
  }
}
