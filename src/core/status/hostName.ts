/** What "this machine" is, for people: where the extension's own process runs. */
export function hostName(place: {
  /** The editor's name for a remote window, such as `ssh-remote`, or the address that a browser reached it at; undefined for a local one. */
  readonly remoteName: string | undefined;
  /** Whether the extension runs beside the files (`workspace`) or beside the window (`ui`). */
  readonly side: 'ui' | 'workspace';
}): string {
  const { remoteName, side } = place;
  if (remoteName === undefined || side === 'ui') return 'this machine';
  return names[remoteName] ?? servedAt(remoteName);
}

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
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host) ? 'this machine' : `the remote host ${host}`;
}
