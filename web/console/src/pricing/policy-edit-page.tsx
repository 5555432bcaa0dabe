import { useLocation } from 'wouter';
import { api } from '../engine.js';
import { EditForm, EditPage, type Edited, type Saving } from '../form/index.js';
import { LABELS, policyDraft, readPolicy, type Policy, type PolicyDraft } from './policy-draft.js';
import { PolicyFields } from './policy-fields.js';

async function editedPolicy(signal: AbortSignal | null = null): Promise<Edited<PolicyDraft>> {
  const { data } = await api.GET('/v1/pricing-policy', { signal });
  if (data === undefined) throw new Error('There is no policy.');
  return { draft: policyDraft(data), version: data.version ?? null };
}

async function put({ body, header }: Saving<Policy>): Promise<void> {
  await api.PUT('/v1/pricing-policy', { params: { header }, body });
}

/** Puts another pricing policy in force. */
export default function PolicyEditPage() {
  const [, go] = useLocation();
  const load = (signal?: AbortSignal) => editedPolicy(signal);
  return (
    <EditPage title="Edit taxes and shipping" queryKey={['pricing-policy']} load={load}>
      {(edited) => (
        <EditForm
          name="pricing policy"
          title="Edit taxes and shipping"
          edited={edited}
          read={readPolicy}
          save={put}
          reload={load}
          labels={LABELS}
          confirm="Put it in force"
          consequence="The next quote and the next checkout go by it, also of open carts. What was sold stays as it is."
          back="/pricing"
          onSaved={() => go('/pricing')}
        >
          <PolicyFields />
        </EditForm>
      )}
    </EditPage>
  );
}
