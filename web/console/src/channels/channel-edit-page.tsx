import { useLocation, useParams } from 'wouter';
import { api } from '../engine.js';
import { EditForm, EditPage, patchOf, type Edited, type Saving } from '../form/index.js';
import { channelDraft, LABELS, readChannel, type ChannelDraft, type ChannelFacts } from './channel-draft.js';
import { ChannelFields } from './channel-fields.js';

async function editedChannel(code: string, signal: AbortSignal | null = null): Promise<Edited<ChannelDraft>> {
  const { data } = await api.GET('/v1/channels/{code}', { params: { path: { code } }, signal });
  if (data === undefined) throw new Error('There is no such channel.');
  return { draft: channelDraft(data), version: data.version ?? null };
}

/** Changes where and how a channel sells. */
export default function ChannelEditPage() {
  const code = decodeURIComponent(useParams<{ code: string }>().code ?? '');
  const [, go] = useLocation();
  const load = (signal?: AbortSignal) => editedChannel(code, signal);
  const save = async ({ body, before, header }: Saving<ChannelFacts>) => {
    const { code: _code, ...changes } = patchOf(before, body);
    await api.PATCH('/v1/channels/{code}', { params: { path: { code }, header }, body: changes });
  };
  const title = `Edit the channel ${code}`;
  return (
    <EditPage title={title} queryKey={['channel', code]} load={load}>
      {(edited) => (
        <EditForm
          name={`channel ${code}`}
          title={title}
          edited={edited}
          read={readChannel}
          save={save}
          reload={load}
          labels={LABELS}
          confirm="Save"
          consequence="Carts that are opened in it from now on, and checkouts, go by it. Orders stay as they are."
          back="/channels"
          onSaved={() => go('/channels')}
        >
          <ChannelFields isDefault={code === 'default'} />
        </EditForm>
      )}
    </EditPage>
  );
}
