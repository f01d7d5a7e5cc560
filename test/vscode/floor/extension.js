// The bare floor: one request a question of the editor, the file as it stands, one line of the answer.
import http from 'node:http';
import * as vscode from 'vscode';

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, { provideInlineCompletionItems }),
  );
}

/**
 * @param {vscode.TextDocument} document
 * @param {vscode.Position} position
 * @param {vscode.InlineCompletionContext} _context
 * @param {vscode.CancellationToken} token
 */
async function provideInlineCompletionItems(document, position, _context, token) {
  const url = vscode.workspace.getConfiguration('floor').get('url');
  if (!url) return undefined;
  const text = document.getText();
  const offset = document.offsetAt(position);
  const body = { model: 'qwen2.5-coder:1.5b', prompt: text.slice(0, offset), suffix: text.slice(offset), stream: true };
  const line = await firstLine(`${url}/api/generate`, JSON.stringify(body), token);
  if (token.isCancellationRequested || line.trim() === '') return undefined;
  return [new vscode.InlineCompletionItem(line, new vscode.Range(position, position))];
}

/**
 * What the model says up to the end of the first line that holds anything; the request ends there or with the token.
 *
 * @param {string} url
 * @param {string} body
 * @param {vscode.CancellationToken} token
 * @returns {Promise<string>}
 */
function firstLine(url, body, token) {
  return new Promise((resolve) => {
    let [said, rest] = ['', ''];
    const request = http.request(url, { method: 'POST' }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        const frames = (rest + chunk).split('\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) said += JSON.parse(frame).response ?? '';
        const end = said.indexOf('\n', said.search(/\S/));
        if (said.trim() === '' || end < 0) return;
        said = said.slice(0, end);
        request.destroy();
        resolve(said);
      });
      response.on('close', () => resolve(said));
    });
    token.onCancellationRequested(() => request.destroy());
    request.on('error', () => resolve(''));
    request.end(body);
  });
}
