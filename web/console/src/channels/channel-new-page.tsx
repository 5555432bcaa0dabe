import { useLocation } from 'wouter';
import { api } from '../engine.js';
import { EditForm, TextField, type Saving } from '../form/index.js';
import { LABELS, NO_CHANNEL, readChannel, type ChannelFacts } from './channel-draft.js';
import { ChannelFields } from './channel-fields.js';

const NOTHING = { draft: NO_CHANNEL, version: null };

async function create({ body, header }: Saving<ChannelFacts>): Promise<void> {
  await api.POST('/v1/channels', { params: { header }, body });
}

/** Adds a channel. */
export default function ChannelNewPage() {
  const [, go] = useLocation();
  return (
    <EditForm
      name="a new channel"
      title="A new channel"
      edited={NOTHING}
      read={readChannel}
      save={create}
      labels={LABELS}
      confirm="Create it"
      consequence="Carts can be opened in it at once. What is sold in it needs prices in its currencies."
      back="/channels"
      onSaved={() => go('/channels')}
    >
      <TextField name="code" label="Code" isMono isRequired help="Names it for ever, such as shop-at." />
      <ChannelFields />
    </EditForm>
  );
}
