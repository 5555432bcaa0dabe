interface MongoUrlChanges {
  /** `host:port`; the driver stays there, whatever other members the server names. */
  readonly host?: string;
  readonly database?: string;
  readonly user?: { readonly name: string; readonly password: string };
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The same server, by default as the same user: credentials and parameters of the URL stay what they are. */
export function mongoUrl(url: string, { host, database, user, parameters = {} }: MongoUrlChanges): string {
  const changed = new URL(url);
  if (host !== undefined) {
    changed.host = host;
    changed.searchParams.set('directConnection', 'true');
  }
  if (database !== undefined) changed.pathname = `/${database}`;
  if (changed.pathname === '') changed.pathname = '/';
  if (user !== undefined) Object.assign(changed, { username: user.name, password: user.password });
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, value);
  return changed.href;
}
