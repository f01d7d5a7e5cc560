import type { ModelCapability } from '../exchange/model.ts';
import { templateOf, type FimFamily, type FimTemplate } from './fimFamilies.ts';

/** How a model is asked to fill a hole: by our own raw prompt, by the server's suffix field, or not at all. */
export type TemplateChoice =
  | { readonly kind: 'raw'; readonly template: FimTemplate }
  | { readonly kind: 'suffix' }
  /** `why` is one sentence for the user. */
  | { readonly kind: 'unfit'; readonly why: string };

/** What is known of a model. `template` is the server's own chat or FIM template; `override` is the user's setting. */
export type ModelTraits = {
  readonly name: string;
  readonly family?: string | undefined;
  readonly template?: string | undefined;
  readonly capabilities: readonly ModelCapability[];
  readonly override?: FimFamily | 'suffix' | undefined;
};

/**
 * Chooses by the user's override, then by the control words in the server's own template, then by the name, and for an
 * unknown model that can insert, the server's suffix field. A model that was never trained to fill a hole is unfit.
 */
export function chooseTemplate(traits: ModelTraits): TemplateChoice {
  if (traits.override === 'suffix') return { kind: 'suffix' };
  if (traits.override !== undefined) return { kind: 'raw', template: templateOf(traits.override) };
  const name = bareName(traits.name);
  const family = describedFamily(traits) ?? namedFamily(name);
  if (family !== undefined) return { kind: 'raw', template: templateOf(family) };
  if (traits.capabilities.includes('insert')) return { kind: 'suffix' };
  return {
    kind: 'unfit',
    why: `${traits.name} was not trained to fill in code; choose a code model such as qwen2.5-coder:1.5b.`,
  };
}

/** A name without registry, owner and file endings, lower case: `hf.co/Owner/Qwen2.5-Coder-7B-GGUF:Q4` → `qwen2.5-coder-7b:q4`. */
function bareName(name: string): string {
  const last = name.toLowerCase().split('/').at(-1) ?? '';
  return last.replace(/[-._]gguf(?=:|$)/, '').replace(/\.(?:gguf|bin)$/, '');
}

/** The server's template is the best witness: a renamed copy keeps it. */
function describedFamily({ template = '', family = '', name }: ModelTraits): FimFamily | undefined {
  const fills = /\.Suffix|fim_|fim▁|fim-|\[SUFFIX\]|<SUF>|code_suffix/.test(template);
  if (!fills) return undefined;
  if (template.includes('<|fim_suffix|>'))
    return /gemma/i.test(family + name) ? 'codegemma' : /granite/i.test(family + name) ? 'granite4' : 'qwen';
  if (template.includes('<｜fim▁hole｜>')) return 'deepseek';
  if (template.includes('<[fim-suffix]>')) return 'seed';
  if (template.includes('<fim-suffix>')) return 'santacoder';
  if (template.includes('[SUFFIX]')) return 'codestral';
  if (template.includes('<SUF>')) return 'codellama';
  if (template.includes('<|code_suffix|>'))
    return template.indexOf('<|code_suffix|>') < template.indexOf('<|code_prefix|>') ? 'codegeex' : 'glm';
  if (template.includes('<fim_suffix>')) return angleFamily(template);
  return undefined;
}

function angleFamily(template: string): FimFamily {
  if (template.indexOf('<fim_suffix>') < template.indexOf('<fim_prefix>')) return 'mellum';
  return template.includes('<file_sep>') ? 'starcoder2' : 'starcoder';
}

function namedFamily(name: string): FimFamily | undefined {
  return named.find(({ pattern, except }) => pattern.test(name) && except?.test(name) !== true)?.family;
}

/**
 * First match wins. `except` names relatives whose weights never saw the hole: CodeLlama's Python, 34B and 70B models,
 * chat tunings of StarCoder and CodeGemma, DeepSeek's models that are not coders.
 */
const named: readonly { readonly pattern: RegExp; readonly family: FimFamily; readonly except?: RegExp }[] = [
  { pattern: /qwen-?(?:2\.5|3)[-_.]?coder/, family: 'qwen' },
  { pattern: /codeqwen/, family: 'starcoder', except: /chat/ },
  { pattern: /codegemma/, family: 'codegemma', except: /instruct|-it\b/ },
  { pattern: /granite-?4/, family: 'granite4' },
  { pattern: /granite[-_.]?(?:\d+b|code|3(?:\.\d)?-code)/, family: 'starcoder', except: /instruct/ },
  { pattern: /starcoder-?2/, family: 'starcoder2', except: /instruct/ },
  { pattern: /santacoder/, family: 'santacoder' },
  { pattern: /starcoder(?!-?2)|stable-?code|refact/, family: 'starcoder', except: /starchat|instruct|plus-chat/ },
  { pattern: /code-?llama/, family: 'codellama', except: /python|34b|70b|phind|wizard/ },
  { pattern: /deepseek-?coder/, family: 'deepseek' },
  { pattern: /codestral/, family: 'codestral', except: /mamba/ },
  { pattern: /seed-?coder/, family: 'seed', except: /instruct|reasoning/ },
  { pattern: /mellum/, family: 'mellum' },
  { pattern: /codegeex/, family: 'codegeex' },
  { pattern: /glm-?4.*code|code.*glm-?4/, family: 'glm' },
];
