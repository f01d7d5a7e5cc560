import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Outline, Outliner } from '../core/context/outline.ts';
import type { SyntaxNode } from '../core/context/syntaxNode.ts';
import { syntaxOutline } from '../core/context/syntaxOutline.ts';

/** How code is built, read by the grammars of tree-sitter that come with the editor. */
export type SyntaxTrees = {
  /** Gets the grammar of a language ready. True if texts in it can be read from now on that could not be before. */
  readonly load: (languageId: string) => Promise<boolean>;
  /** Reads a text whose grammar is ready, at once: some 20 ms for 2,000 lines. */
  readonly outliner: Outliner;
};

type Setup = {
  /** The folder of the editor's own installation. Nothing is loaded from anywhere else. */
  readonly root: string;
  /** Told what is read how, without any text of files. */
  readonly note: (line: string) => void;
};

/** Looks at nothing before a language is asked for. What is missing or does not fit is noted once, and not asked for again. */
export function createSyntaxTrees({ root, note }: Setup): SyntaxTrees {
  let opened: ReturnType<typeof openLibrary> | undefined;
  const asked = new Map<string, Promise<void>>();
  const parsers = new Map<string, TreeParser>();

  const open = async (grammar: string): Promise<void> => {
    try {
      const { Parser, Language, folder } = await (opened ??= openLibrary(root));
      const language = await Language.load(await readFile(path.join(folder, `tree-sitter-${grammar}.wasm`)));
      const parser = new Parser();
      parser.setLanguage(language);
      parsers.set(grammar, parser);
      note(`Definitions in ${grammar} are read with tree-sitter.`);
    } catch (error) {
      note(`Definitions in ${grammar} are read line by line: ${reasonOf(error)}`);
    }
  };

  return {
    async load(languageId) {
      const grammar = grammars.get(languageId);
      if (grammar === undefined || parsers.has(grammar)) return false;
      const before = asked.get(grammar);
      if (!before && asked.size >= mostGrammars) return false;
      const opening = before ?? open(grammar);
      asked.set(grammar, opening);
      await opening;
      return parsers.has(grammar);
    },
    outliner(text, languageId) {
      const grammar = grammars.get(languageId);
      const parser = grammar === undefined || text.length > longestText ? undefined : parsers.get(grammar);
      if (grammar === undefined || !parser) return undefined;
      try {
        return outlineOf(parser, text);
      } catch (error) {
        // A tree too deep to walk says nothing against the grammar; whatever else fails may have left it broken.
        if (error instanceof RangeError) return undefined;
        parsers.delete(grammar);
        note(`Definitions in ${grammar} are read line by line from now on: ${reasonOf(error)}`);
        return undefined;
      }
    },
  };
}

/**
 * The editor's grammars by language id. Those for C, C++ and C# are left out: each takes 40 MB of memory as soon as it is
 * used, the others 14 to 21.
 */
const grammars: ReadonlyMap<string, string> = new Map([
  ['typescript', 'typescript'],
  ['typescriptreact', 'tsx'],
  ['javascript', 'javascript'],
  ['javascriptreact', 'javascript'],
  ['python', 'python'],
  ['go', 'go'],
  ['rust', 'rust'],
  ['java', 'java'],
  ['php', 'php'],
  ['ruby', 'ruby'],
  ['shellscript', 'bash'],
]);

/** Grammars that are kept in memory, in the order they are asked for. */
const mostGrammars = 3;

/** UTF-16 units. A longer text would hold up the editor's extensions for longer than a twentieth of a second. */
const longestText = 80_000;

function outlineOf(parser: TreeParser, text: string): Outline | undefined {
  const tree = parser.parse(text);
  if (!tree) return undefined;
  try {
    return syntaxOutline(tree.rootNode, text.split('\n'));
  } finally {
    // Trees live outside of what is collected by itself.
    tree.delete();
  }
}

/** What is used of the library, as of its version 0.25; the editor's package names it `@vscode/tree-sitter-wasm`. */
type Library = {
  readonly Parser: { new (): TreeParser; init(options: InitOptions): Promise<void> };
  readonly Language: { load(grammar: Uint8Array): Promise<unknown> };
};
type InitOptions = { readonly wasmBinary: Uint8Array; readonly locateFile: (file: string) => string };
type TreeParser = {
  setLanguage(language: unknown): unknown;
  parse(text: string): { readonly rootNode: SyntaxNode; delete(): void } | null;
};

async function openLibrary(root: string): Promise<Library & { readonly folder: string }> {
  for (const [code, data] of places) {
    const folder = path.join(root, data, library);
    const wasmFile = path.join(folder, 'tree-sitter.wasm');
    if (!(await stat(wasmFile).catch(() => undefined))?.isFile()) continue;
    // By `require`, for within an archive of the editor's modules nothing else finds a file.
    const loaded: unknown = createRequire(import.meta.url)(path.resolve(root, code, library, 'tree-sitter.js'));
    if (!isLibrary(loaded)) throw new Error('the editor’s tree-sitter has another interface.');
    await loaded.Parser.init({
      wasmBinary: await readFile(wasmFile),
      locateFile: (file) => path.join(folder, path.basename(file)),
    });
    return { Parser: loaded.Parser, Language: loaded.Language, folder };
  }
  throw new Error('this editor has no tree-sitter.');
}

const library = path.join('@vscode', 'tree-sitter-wasm', 'wasm');

/** Below the editor's folder: where its modules stand, and where those of their files do that are no code. */
const places = [
  ['node_modules', 'node_modules'],
  ['node_modules.asar', 'node_modules.asar.unpacked'],
] as const;

function isLibrary(value: unknown): value is Library {
  if (typeof value !== 'object' || value === null || !('Parser' in value) || !('Language' in value)) return false;
  return has(value.Parser, 'init') && has(value.Language, 'load');
}

function has(value: unknown, method: string): boolean {
  return typeof value === 'function' && typeof Reflect.get(value, method) === 'function';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the grammar could not be loaded.';
}
