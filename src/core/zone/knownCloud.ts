/**
 * Whether a host belongs to a public provider or aggregator of models. No attestation makes such a host the organisation's
 * own server: it is a slip of the pen that would send everything away.
 */
export function isKnownCloud(hostname: string): boolean {
  const plain = hostname.replace(/\.$/, '');
  return domains.some((domain) => plain === domain || plain.endsWith(`.${domain}`));
}

const domains: readonly string[] = [
  'ai21.com',
  'anthropic.com',
  'cerebras.ai',
  'cohere.ai',
  'cohere.com',
  'deepinfra.com',
  'deepseek.com',
  'fireworks.ai',
  'generativelanguage.googleapis.com',
  'groq.com',
  'hyperbolic.xyz',
  'mistral.ai',
  'moonshot.ai',
  'novita.ai',
  'ollama.com',
  'openai.com',
  'openrouter.ai',
  'perplexity.ai',
  'portkey.ai',
  'replicate.com',
  'sambanova.ai',
  'siliconflow.com',
  'together.ai',
  'together.xyz',
  'tokenmix.ai',
  'x.ai',
];
