/** A service that runs models, or passes requests on to those who do, and the host names of its interfaces. */
export type CloudService = {
  readonly name: string;
  readonly kind: 'provider' | 'aggregator' | 'assistant';
  /** Lower case. A leading dot means every name below it. */
  readonly hosts: readonly string[];
};

/** Services whose interfaces are reached over the public network, as their documentation named them in November 2026. */
export const cloudServices: readonly CloudService[] = [
  service('aggregator', 'OpenRouter', ['openrouter.ai', '.openrouter.ai']),
  service('aggregator', 'TokenMix', ['api.tokenmix.ai']),
  service('aggregator', 'Portkey', ['api.portkey.ai']),
  service('aggregator', 'Vercel AI Gateway', ['ai-gateway.vercel.sh']),
  service('aggregator', 'Cloudflare AI Gateway', ['gateway.ai.cloudflare.com']),
  service('aggregator', 'Requesty', ['router.requesty.ai']),
  service('aggregator', 'ngrok AI Gateway', ['gateway.ngrok.ai']),
  service('aggregator', 'Hugging Face', [
    'router.huggingface.co',
    'api-inference.huggingface.co',
    '.endpoints.huggingface.cloud',
  ]),
  service('aggregator', 'Ollama Cloud', ['ollama.com']),
  service('aggregator', 'GitHub Models', ['models.github.ai', 'models.inference.ai.azure.com']),
  service('aggregator', 'Poe', ['api.poe.com']),
  service('aggregator', 'SiliconFlow', ['api.siliconflow.com', 'api.siliconflow.cn']),
  service('provider', 'OpenAI', ['api.openai.com', '.api.openai.com']),
  service('provider', 'Anthropic', ['api.anthropic.com']),
  service('provider', 'Google Gemini', ['generativelanguage.googleapis.com', 'aiplatform.googleapis.com']),
  service('provider', 'Azure OpenAI', ['.openai.azure.com', '.services.ai.azure.com', '.cognitiveservices.azure.com']),
  service('provider', 'Amazon Bedrock', bedrockHosts()),
  service('provider', 'Mistral', ['api.mistral.ai', 'codestral.mistral.ai']),
  service('provider', 'Cohere', ['api.cohere.com', 'api.cohere.ai']),
  service('provider', 'DeepSeek', ['api.deepseek.com']),
  service('provider', 'xAI', ['api.x.ai']),
  service('provider', 'Groq', ['api.groq.com']),
  service('provider', 'Together', ['api.together.xyz', 'api.together.ai']),
  service('provider', 'Fireworks', ['api.fireworks.ai']),
  service('provider', 'Cerebras', ['api.cerebras.ai']),
  service('provider', 'SambaNova', ['api.sambanova.ai']),
  service('provider', 'NVIDIA', ['integrate.api.nvidia.com', 'ai.api.nvidia.com']),
  service('provider', 'Perplexity', ['api.perplexity.ai']),
  service('provider', 'Replicate', ['api.replicate.com']),
  service('provider', 'DeepInfra', ['api.deepinfra.com']),
  service('provider', 'Novita', ['api.novita.ai']),
  service('provider', 'Hyperbolic', ['api.hyperbolic.xyz']),
  service('provider', 'Nebius', ['api.studio.nebius.com', 'api.tokenfactory.nebius.com']),
  service('provider', 'Baseten', ['inference.baseten.co', '.api.baseten.co']),
  service('provider', 'AI21', ['api.ai21.com']),
  service('provider', 'Voyage', ['api.voyageai.com']),
  service('provider', 'Jina', ['api.jina.ai']),
  service('provider', 'Moonshot', ['api.moonshot.ai', 'api.moonshot.cn']),
  service('provider', 'Alibaba', [
    'dashscope.aliyuncs.com',
    'dashscope-intl.aliyuncs.com',
    'dashscope-us.aliyuncs.com',
  ]),
  service('provider', 'Z.ai', ['api.z.ai', 'open.bigmodel.cn']),
  service('provider', 'MiniMax', ['api.minimax.io', 'api.minimaxi.com', 'api.minimax.chat']),
  service('provider', 'Volcengine', ['ark.cn-beijing.volces.com', 'ark.ap-southeast.bytepluses.com']),
  service('assistant', 'GitHub Copilot', ['.githubcopilot.com', 'copilot-proxy.githubusercontent.com']),
  service('assistant', 'Cursor', ['.cursor.sh']),
  service('assistant', 'Windsurf', ['server.codeium.com', '.codeium.com', '.windsurf.com']),
  service('assistant', 'Tabnine', ['api.tabnine.com', '.tabnine.com']),
  service('assistant', 'Augment', ['.augmentcode.com']),
  service('assistant', 'JetBrains AI', ['api.jetbrains.ai', '.grazie.ai']),
];

function service(kind: CloudService['kind'], name: string, hosts: readonly string[]): CloudService {
  return { name, kind, hosts };
}

function bedrockHosts(): readonly string[] {
  const regions = [
    'us-east-1',
    'us-east-2',
    'us-west-2',
    'ca-central-1',
    'eu-central-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'eu-north-1',
    'ap-northeast-1',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'sa-east-1',
  ];
  return regions.map((region) => `bedrock-runtime.${region}.amazonaws.com`);
}
