import type { ListenerEvidence } from './evidence.ts';

/**
 * The program that forwards what a loopback port gets to another machine, where one is known to listen there. A forwarder of
 * containers is none of them: the other end of its wire is a container on this very machine.
 */
export function tunnelAt(listener: ListenerEvidence | undefined): string | undefined {
  if (listener?.kind !== 'programs') return undefined;
  return listener.names.find((name) => tunnels.has(name.toLowerCase().replace(/\.exe$/, '')));
}

/** Secure shells on either end, forwarders of clusters and clouds, editors that forward ports, and plain relays. */
const tunnels: ReadonlySet<string> = new Set(
  (
    'ssh sshd sshd-session autossh plink putty dropbear dbclient tsh teleport ' +
    'kubectl oc k9s telepresence kubefwd cloudflared session-manager-plugin cloud_sql_proxy cloud-sql-proxy ' +
    'tailscaled ngrok devtunnel zrok bore chisel frpc frps rathole gost wstunnel ' +
    'code code-insiders code-tunnel codium cursor windsurf ' +
    'socat ncat nc nc.openbsd nc.traditional rinetd redir stunnel stunnel4'
  ).split(' '),
);
