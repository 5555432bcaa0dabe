import { request } from 'undici';

/** Where stripe-mock listens, Stripe's own server that holds requests to the description of its API; null where it does not run. */
export const STRIPE_MOCK_URL = process.env['STRIPE_MOCK_URL'] ?? null;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
}

/** What stripe-mock has against a request; null where it takes it. */
export async function refusalOf(
  { method, path, params }: Asked,
  body: string,
): Promise<{ readonly status: number; readonly body: object } | null> {
  if (STRIPE_MOCK_URL === null) return null;
  const query = method === 'GET' ? `?${params.toString()}` : '';
  const answer = await request(`${STRIPE_MOCK_URL}${path}${query}`, {
    method: method === 'GET' ? 'GET' : 'POST',
    headers: { authorization: 'Bearer sk_test_123', 'content-type': 'application/x-www-form-urlencoded' },
    ...(method === 'GET' ? {} : { body }),
  });
  const said = (await answer.body.json()) as object;
  return answer.statusCode < 400 ? null : { status: answer.statusCode, body: said };
}
