import { useState } from 'preact/hooks';
import { useFormContext, useWatch } from 'react-hook-form';
import { api } from '../engine.js';
import { readPromotion, type PromotionDraft } from './promotion-draft.js';
import { Simulation, type Simulate } from './simulation.js';

/** What the promotion would have given as it is typed, before it is saved. */
export function TypedSimulation({ zone }: { readonly zone: string }) {
  const { getValues } = useFormContext<PromotionDraft>();
  const typed = JSON.stringify(readPromotion(useWatch() as PromotionDraft, zone).body);
  const [simulated, setSimulated] = useState(typed);
  const simulate: Simulate = async (period) => {
    const { body, misfits } = readPromotion(getValues(), zone);
    const [misfit] = misfits;
    if (misfit !== undefined) throw new Error(`It cannot be simulated yet: ${misfit.path} ${misfit.message}.`);
    const { data } = await api.POST('/v1/promotions/simulation', { params: { query: period }, body });
    setSimulated(JSON.stringify(body));
    return data;
  };
  const note =
    simulated === typed
      ? 'It is of what you typed, which is not saved yet.'
      : 'You have changed it since: simulate again.';
  return <Simulation simulate={simulate} note={<p className="soft small note-below">{note}</p>} />;
}
