import { Store } from '../../shared/store.js';

export type Role = 'admin' | 'support' | 'analyst' | 'customer';

/** Who is signed in. */
export interface Session {
  readonly token: string;
  /** As the token says; the engine checks it with every request. */
  readonly role: Role;
  readonly subject: string;
}

const KEY = 'cartwright.token';

/** Who is signed in, until the tab is closed; null where nobody is. */
export const session = new Store<Session | null>(kept());

/** Why one was signed out, to be said beside the form. */
export const signedOutBecause = new Store<string | null>(null);

export function signIn(token: string): void {
  sessionStorage.setItem(KEY, token);
  signedOutBecause.set(null);
  session.set(sessionOf(token));
}

export function signOut(reason: string | null): void {
  sessionStorage.removeItem(KEY);
  signedOutBecause.set(reason);
  session.set(null);
}

function kept(): Session | null {
  const token = sessionStorage.getItem(KEY);
  return token === null ? null : sessionOf(token);
}

/** Reads what a JSON Web Token says of its bearer; null where it is none. */
export function sessionOf(token: string): Session | null {
  const [, payload = ''] = token.split('.');
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const { role, sub } = JSON.parse(new TextDecoder().decode(bytes)) as { role?: Role; sub?: string };
    return role === undefined ? null : { token, role, subject: sub ?? role };
  } catch {
    return null;
  }
}
