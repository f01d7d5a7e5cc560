/** What "this machine" is, for people: where the extension's own process runs. */
export function hostName(place: {
  /** The editor's name for a remote window, such as `ssh-remote`; undefined for a local one. */
  readonly remoteName: string | undefined;
  /** Whether the extension runs beside the files (`workspace`) or beside the window (`ui`). */
  readonly side: 'ui' | 'workspace';
}): string {
  if (place.remoteName === undefined || place.side === 'ui') return 'this machine';
  switch (place.remoteName) {
    case 'ssh-remote':
      return 'the SSH host';
    case 'wsl':
      return 'WSL';
    case 'dev-container':
    case 'attached-container':
      return 'the container';
    case 'codespaces':
      return 'the codespace';
    default:
      return 'the remote host';
  }
}
