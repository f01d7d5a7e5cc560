import * as vscode from 'vscode';
import type { Tally } from '../../core/completion/tally/tally.ts';
import type { Explanation, Unwanted } from '../../core/completion/why/explanation.ts';
import { whyMarkdown } from '../../core/completion/why/markdown.ts';
import { whyCommands, whyPage } from '../../core/completion/why/page.ts';
import { displayPath } from '../reader.ts';

export type WhyDependencies = {
  readonly explain: () => Explanation;
  readonly week: () => Tally;
  /** What keeps suggestions out of a document; undefined where nothing does. */
  readonly unwanted: (document: vscode.TextDocument) => Unwanted | undefined;
};

export type WhyPanel = vscode.Disposable & {
  /** Explains what is on screen now. `text`, `words`: lays the prompt's text open, or closes it; anything else keeps it. */
  readonly show: (text: unknown) => void;
  readonly copy: () => Promise<void>;
};

/** One panel beside the code. It runs no script, holds the text of a prompt only while that is looked at, and keeps nothing. */
export function createWhyPanel(dependencies: WhyDependencies): WhyPanel {
  let panel: vscode.WebviewPanel | undefined;
  let withText = false;
  let explanation: Explanation | undefined;

  const draw = (): void => {
    if (!panel || !explanation) return;
    panel.webview.html = whyPage({ explanation, tally: dependencies.week(), withText, nonce: freshNonce() });
  };
  const open = (): vscode.WebviewPanel => {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    const made = vscode.window.createWebviewPanel('ringfence.why', 'Why This Suggestion?', place, {
      enableScripts: false,
      enableCommandUris: Object.values(whyCommands),
      enableFindWidget: true,
      localResourceRoots: [],
    });
    made.onDidDispose(() => {
      panel = undefined;
      explanation = undefined;
      withText = false;
    });
    return made;
  };
  return {
    show: (text) => {
      // Laying the text open and closing it again is about what is explained already.
      const again = text === 'text' || text === 'words';
      if (again) withText = text === 'text';
      explanation = again && explanation ? explanation : explainHere(dependencies);
      panel ??= open();
      panel.reveal();
      draw();
    },
    copy: async () => {
      await vscode.env.clipboard.writeText(whyMarkdown(explanation ?? explainHere(dependencies), dependencies.week()));
      vscode.window.setStatusBarMessage('Copied without the text of your code.', 5_000);
    },
    dispose: () => panel?.dispose(),
  };
}

/** What a switch keeps out is never asked for: the switch is the explanation, and the last suggestion comes after it. */
function explainHere({ explain, unwanted }: WhyDependencies): Explanation {
  const explained = explain();
  const editor = vscode.window.activeTextEditor;
  const reason = editor && unwanted(editor.document);
  if (!editor || !reason) return explained;
  const place = { file: displayPath(editor.document.uri), line: editor.selection.active.line + 1 };
  const before = explained.last?.outcome.kind === 'shown' ? explained.last : explained.before;
  return {
    last: { place, outcome: { kind: 'nothing', because: { kind: 'unwanted', reason } } },
    ...(before && { before }),
    counters: explained.counters,
  };
}

function freshNonce(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
