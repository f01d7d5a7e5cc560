/** Where the window's files are, and on which side the extension runs. */
export type EditorPlace = {
  /** The editor's name for a remote window, such as `ssh-remote`, or the address that a browser reached it at; undefined for a local one. */
  readonly remoteName: string | undefined;
  /** Whether the extension runs beside the files (`workspace`) or beside the window (`ui`). */
  readonly side: 'ui' | 'workspace';
};

/** What "this machine" is, for people: where the extension's own process runs. */
export function hostName({ remoteName, side }: EditorPlace): string {
  return side === 'ui' ? here : filesHost(remoteName);
}

/** The machine that holds the window's files. */
export function filesHost(remoteName: string | undefined): string {
  return remoteName === undefined ? here : (names[remoteName] ?? servedAt(remoteName));
}

const here = 'this machine';

const names: Readonly<Record<string, string>> = {
  'ssh-remote': 'the SSH host',
  wsl: 'WSL',
  'dev-container': 'the container',
  'attached-container': 'the container',
  codespaces: 'the codespace',
  tunnel: 'the tunnelled machine',
};

/** An editor in the browser names its server: under a loopback address that is the machine before which the user sits. */
function servedAt(address: string): string {
  const host = address.replace(/:\d+$/, '');
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host) ? here : `the remote host ${host}`;
}
