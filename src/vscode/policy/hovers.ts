import * as vscode from 'vscode';
import { hoverAt } from '../../core/policy/editor/hover.ts';
import type { Analyses } from './analyses.ts';
import { rangeOf } from './diagnostics.ts';

/** What a pattern means and which files it matches, and the like of other fields, beside what the schema says. */
export function createHovers(analyses: Analyses): vscode.HoverProvider {
  return {
    provideHover: (document, position) => {
      const analysis = analyses.of(document);
      const hover = analysis && hoverAt(analysis, document.offsetAt(position));
      if (!hover) return undefined;
      const text = new vscode.MarkdownString();
      text.appendText(hover.sentences.join('\n\n'));
      // File names may hold anything; in a code block they stay what they are.
      if (hover.paths.length > 0) text.appendCodeblock(hover.paths.join('\n'), 'plaintext');
      return new vscode.Hover(text, rangeOf(analysis, hover));
    },
  };
}
