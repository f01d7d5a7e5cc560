/** How one family of models was trained to fill a hole, as its tokenizer and its authors' examples have it. */
export type FimTemplate = {
  readonly family: FimFamily;
  /** The order of training. Suffix first keeps more of the server's cache, and is used only where it was trained. */
  readonly order: 'prefix-first' | 'suffix-first';
  readonly prefix: string;
  readonly suffix: string;
  readonly middle: string;
  readonly context: ContextForm;
  /** Control words of the tokenizer. In user text they are broken up, so that text never acts as control. */
  readonly sentinels: readonly string[];
  /** Most telling first: some servers take only four. */
  readonly stop: readonly string[];
};

/** How pieces of other files are announced: each starts with `open` and its path. `inside`: part of the prefix section. */
export type ContextForm =
  | { readonly kind: 'before'; readonly head: string; readonly open: string }
  | { readonly kind: 'inside'; readonly open: string }
  | { readonly kind: 'comment' };

export const fimFamilies = [
  'qwen',
  'codegemma',
  'granite4',
  'starcoder',
  'starcoder2',
  'santacoder',
  'codellama',
  'deepseek',
  'codestral',
  'seed',
  'mellum',
  'glm',
  'codegeex',
] as const;
export type FimFamily = (typeof fimFamilies)[number];

/** Narrows a foreign value, for example a setting, to a family. */
export function isFimFamily(value: unknown): value is FimFamily {
  return fimFamilies.some((family) => family === value);
}

/** The template of a family. */
export function templateOf(family: FimFamily): FimTemplate {
  return templates[family];
}

const pipes = { prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' };
const angles = { prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' };
const end = '<|endoftext|>';

const templates: Readonly<Record<FimFamily, FimTemplate>> = {
  qwen: define('qwen', pipes, {
    context: { kind: 'before', head: '<|repo_name|>workspace\n', open: '<|file_sep|>' },
    control: [end, '<|file_sep|>', '<|repo_name|>', '<|fim_pad|>', '<|im_start|>', '<|im_end|>'],
  }),
  codegemma: define('codegemma', pipes, {
    context: { kind: 'before', head: '', open: '<|file_separator|>' },
    control: ['<|file_separator|>', '<eos>', '<end_of_turn>', '<start_of_turn>', '<bos>'],
  }),
  granite4: define('granite4', pipes, {
    context: { kind: 'comment' },
    control: ['<|end_of_text|>', '<|fim_pad|>', '<|start_of_role|>', '<|end_of_role|>'],
  }),
  starcoder: define('starcoder', angles, {
    context: { kind: 'before', head: '<reponame>workspace', open: '<filename>' },
    control: [end, '<fim_pad>', '<filename>', '<reponame>', '<gh_stars>'],
  }),
  starcoder2: define('starcoder2', angles, {
    context: { kind: 'before', head: '<repo_name>workspace', open: '<file_sep>' },
    control: [end, '<file_sep>', '<fim_pad>', '<repo_name>'],
  }),
  santacoder: define(
    'santacoder',
    { prefix: '<fim-prefix>', suffix: '<fim-suffix>', middle: '<fim-middle>' },
    {
      context: { kind: 'comment' },
      control: [end, '<fim-pad>'],
    },
  ),
  codellama: define(
    'codellama',
    { prefix: '<PRE> ', suffix: ' <SUF>', middle: ' <MID>' },
    {
      context: { kind: 'comment' },
      control: ['<EOT>', '<EOD>', '</s>', '<s>'],
    },
  ),
  deepseek: define(
    'deepseek',
    { prefix: '<｜fim▁begin｜>', suffix: '<｜fim▁hole｜>', middle: '<｜fim▁end｜>' },
    {
      context: { kind: 'inside', open: '#' },
      control: ['<｜end▁of▁sentence｜>', '<|EOT|>', '<｜begin▁of▁sentence｜>'],
    },
  ),
  codestral: define(
    'codestral',
    { prefix: '[PREFIX]', suffix: '[SUFFIX]', middle: '' },
    {
      order: 'suffix-first',
      context: { kind: 'inside', open: '+++++ ' },
      control: ['</s>', '<s>', '[MIDDLE]', '[INST]', '[/INST]'],
    },
  ),
  seed: define(
    'seed',
    { prefix: '<[fim-prefix]>', suffix: '<[fim-suffix]>', middle: '<[fim-middle]>' },
    {
      order: 'suffix-first',
      context: { kind: 'comment' },
      control: ['<[end▁of▁sentence]>', '<[PAD▁TOKEN]>', '<[SEP▁TOKEN]>', '<[begin▁of▁sentence]>'],
    },
  ),
  mellum: define('mellum', angles, {
    order: 'suffix-first',
    context: { kind: 'before', head: '', open: '<filename>' },
    control: [end, '<filename>', '<reponame>', '<fim_pad>'],
  }),
  glm: define(
    'glm',
    { prefix: '<|code_prefix|>', suffix: '<|code_suffix|>', middle: '<|code_middle|>' },
    {
      context: { kind: 'comment' },
      control: [end, '<|user|>', '<|assistant|>', '<|system|>', '<|observation|>'],
    },
  ),
  codegeex: define(
    'codegeex',
    { prefix: '<|code_prefix|>', suffix: '<|user|>\n<|code_suffix|>', middle: '<|code_middle|><|assistant|>\n' },
    {
      order: 'suffix-first',
      context: { kind: 'inside', open: '###REFERENCE:' },
      control: [end, '<|user|>', '<|assistant|>', '<|system|>', '<|observation|>'],
    },
  ),
};

type Marks = Pick<FimTemplate, 'prefix' | 'suffix' | 'middle'>;
type Traits = {
  readonly order?: FimTemplate['order'];
  readonly context: ContextForm;
  readonly control: readonly string[];
};

function define(family: FimFamily, marks: Marks, { order = 'prefix-first', context, control }: Traits): FimTemplate {
  const own = [marks.prefix, marks.suffix, marks.middle]
    .flatMap((mark) => mark.split(/\s+|(?<=>)(?=<\|)/))
    .filter((mark) => mark !== '');
  const sentinels = [...new Set([...own, ...control])];
  return { family, order, ...marks, context, sentinels, stop: [...new Set([control[0] ?? end, ...own, ...control])] };
}
