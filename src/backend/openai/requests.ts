import { chatMessages } from '../../core/prompt/chatMessages.ts';
import { renderFim, renderSuffixMode } from '../../core/prompt/fim.ts';
import type { FimFamily } from '../../core/prompt/fimFamilies.ts';
import { chooseTemplate } from '../../core/prompt/templates.ts';
import type { Approved } from '../approved.ts';
import type { JsonObject } from '../json.ts';
import type { Profile } from './profile.ts';

export type InferenceRequest =
  | { readonly kind: 'chat' | 'completion'; readonly body: JsonObject }
  | { readonly kind: 'unfit'; readonly why: string };

/** The body for `/chat/completions`, or for `/completions` where there is a hole to fill. */
export function inferenceRequest(
  approved: Approved,
  profile: Profile,
  templateFor: (model: string) => FimFamily | 'suffix' | undefined,
): InferenceRequest {
  const { parts, model, info } = approved;
  const fills = parts.some((part) => part.role === 'prefix' || part.role === 'suffix');
  if (!fills) return { kind: 'chat', body: { ...common(approved, profile, []), messages: chatMessages(parts) } };
  if (!profile.fills)
    return { kind: 'unfit', why: `"${model.backend}" offers no way to fill in code; choose another completion model.` };
  const choice = chooseTemplate({
    name: model.model,
    family: info.family,
    capabilities: info.capabilities,
    override: templateFor(model.model),
  });
  switch (choice.kind) {
    case 'unfit':
      return choice;
    case 'suffix':
      return { kind: 'completion', body: { ...common(approved, profile, []), ...renderSuffixMode(parts) } };
    case 'raw': {
      const { prompt, stop } = renderFim(parts, choice.template);
      return { kind: 'completion', body: { ...common(approved, profile, stop), prompt } };
    }
  }
}

function common({ model, options, intent, terms }: Approved, profile: Profile, stop: readonly string[]): JsonObject {
  // Servers of this kind take four stop words at most; those of the template matter most.
  const stops = [...new Set([...stop, ...(options.stop ?? [])])].slice(0, 4);
  return {
    model: model.model,
    stream: true,
    stream_options: { include_usage: true },
    [profile.lengthField]: intent === 'warm' ? 1 : Math.max(1, options.maxTokens),
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(stops.length > 0 && { stop: stops }),
    ...profile.fields(terms, options),
  };
}
