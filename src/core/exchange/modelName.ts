/** A model's name taken apart: what makes it that model, and what is only a spelling of it. */
export type ModelName = {
  /** The family and version, without owner, separators and file endings: `qwen2.5coder`. */
  readonly family: string;
  /** In parameters, as the name says it: `1.5b`, `8x7b`. Empty where it says none. */
  readonly size: string;
  /** What it was tuned for, where the name says so. `base` goes on with a text, `instruct` answers. */
  readonly tuning?: 'base' | 'instruct';
};

/**
 * Takes apart a name as Ollama's library and Hugging Face write them: `qwen2.5-coder:1.5b-base-q4_K_M`,
 * `hf.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF:Q8_0`. A word that it does not know belongs to the family, so that a model with
 * a further word in its name is another one.
 */
export function readModelName(name: string): ModelName {
  const words = (name.toLowerCase().split('/').at(-1) ?? '').split(/[:\s-]+/).filter((word) => !isSpelling(word));
  const sized = words.findIndex(isSize);
  const isTuning = (word: string, at: number): boolean =>
    // Before the size "code" is a part of the name, as in granite-code:8b; after it, it says what codellama:7b-code is for.
    tunings.has(word) && (word !== 'code' || (sized >= 0 && at > sized));
  const tuning = words.filter(isTuning).map((word) => tunings.get(word))[0];
  return {
    family: words.filter((word, at) => !isSize(word) && !isTuning(word, at)).join(''),
    size: words[sized] ?? '',
    ...(tuning && { tuning }),
  };
}

function isSize(word: string): boolean {
  return /^(?:\d+x|e)?\d+(?:\.\d+)?[bm]$/.test(word);
}

const tunings: ReadonlyMap<string, 'base' | 'instruct'> = new Map([
  ['base', 'base'],
  ['code', 'base'],
  ['text', 'base'],
  ['instruct', 'instruct'],
  ['it', 'instruct'],
  ['chat', 'instruct'],
]);

/** How exactly the weights are stored, in what, and how many of them work at a time: the same model all the same. */
function isSpelling(word: string): boolean {
  return (
    /^(?:latest|local|gguf|ud|qat|mlx)$/.test(word) ||
    /^i?q\d(?:[_.]\w+)*$|^a\d+(?:\.\d+)?b$/.test(word) ||
    /^(?:bf|fp|f)(?:4|8|16|32)$|^int[48]$|^(?:mx|nv)fp4$/.test(word) ||
    word === ''
  );
}
