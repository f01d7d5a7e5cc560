import { answers } from './answers.mjs';

/**
 * Looks for Ollama on this machine and says in plain words what is there, or what is missing and the one thing to do.
 *
 * @param {string} [url] - Where Ollama listens.
 * @returns {Promise<{ ready: boolean, words: string }>} `ready` when a model for inline completion is installed.
 */
export async function describeOllama(url = 'http://127.0.0.1:11434') {
  const version = parse(await answers(`${url}/api/version`))?.version;
  if (typeof version !== 'string') {
    const answered = await answers(url);
    return {
      ready: false,
      words: answered
        ? `Something answers at ${url}, but it is not Ollama. Stop it, or set another address in the setting ringfence.backends.`
        : `No Ollama answers at ${url}: completion and chat have no model yet. Install it from https://ollama.com/download, then run: ollama pull ${suggested}`,
    };
  }
  const models = modelsOf(parse(await answers(`${url}/api/tags`, { milliseconds: 10_000 })));
  const local = models.filter(({ remote }) => !remote);
  const completing = local.filter(({ completes }) => completes);
  if (completing.length === 0) {
    const others = local.length === 0 ? 'no local model' : `no model for inline completion (only ${names(local)})`;
    return {
      ready: false,
      words: `Ollama ${version} answers at ${url}, with ${others}. Run: ollama pull ${suggested}`,
    };
  }
  return { ready: true, words: `Ollama ${version} answers at ${url} and can complete with ${names(completing)}.` };
}

const suggested = 'qwen2.5-coder:1.5b';
/** Families trained to fill in the middle. Servers before 0.30 list no capabilities with their tags, so that names must do. */
const fillers = /coder|codellama|codegemma|codestral|starcoder|stable-code|granite|codeqwen|seed-coder/i;

/**
 * @param {{ status: number, body: string } | undefined} answer
 * @returns {Record<string, unknown> | undefined}
 */
function parse(answer) {
  if (answer?.status !== 200) return undefined;
  try {
    const value = JSON.parse(answer.body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Record<string, unknown> | undefined} tags */
function modelsOf(tags) {
  const models = Array.isArray(tags?.['models']) ? tags['models'] : [];
  return models
    .filter((model) => typeof model?.name === 'string')
    .map(({ name, remote_host, capabilities }) => ({
      name: String(name),
      remote: Boolean(remote_host) || /[:-]cloud$/i.test(name),
      completes: (Array.isArray(capabilities) && capabilities.includes('insert')) || fillers.test(name),
    }));
}

/** @param {readonly { name: string }[]} models */
function names(models) {
  const shown = models.slice(0, 4).map(({ name }) => name);
  return models.length > shown.length
    ? `${shown.join(', ')} and ${models.length - shown.length} more`
    : shown.join(', ');
}
