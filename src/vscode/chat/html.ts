import * as vscode from 'vscode';

/**
 * The page of the chat panel. Its content security policy lets it load its own script and style and nothing else: no
 * connection, no picture, no frame, whatever a model writes. The nonce is fresh for every page.
 */
export function chatHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...scriptPath));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...stylePath));
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${style.toString()}">
    <title>Ringfence Chat</title>
  </head>
  <body>
    <script nonce="${nonce}" src="${script.toString()}"></script>
  </body>
</html>`;
}

/** The only folders that the page may load from. */
export function chatRoots(extensionUri: vscode.Uri): readonly vscode.Uri[] {
  return [scriptPath, stylePath].map((path) => vscode.Uri.joinPath(extensionUri, ...path.slice(0, -1)));
}

const scriptPath = ['dist', 'webview', 'chat.js'] as const;
const stylePath = ['media', 'chat.css'] as const;
