import { cloudServices, type CloudService } from './cloudHosts.ts';

export const blockListFormats = ['nftables', 'hosts', 'squid', 'windows-firewall'] as const;
export type BlockListFormat = (typeof blockListFormats)[number];

/** A file to put somewhere else, outside of the workspace. */
export type ExportedFile = { readonly name: string; readonly text: string };

export type BlockListOptions = {
  /** Hosts that stay open, such as those of backends that the policy allows; a service keeps its other hosts closed. */
  readonly allow: readonly string[];
};

/**
 * Rules for the network's own gatekeepers that keep every program, not only this one, from the known services that run
 * models. No such list is complete: it supports the policy and does not replace it.
 */
export function exportBlockList(format: BlockListFormat, { allow }: BlockListOptions): readonly ExportedFile[] {
  const open = allow.map((host) => host.toLowerCase());
  // Most gatekeepers close a name with all names below it, so a name with an open one below has to stay open.
  const isOpen = (closed: string): boolean => open.some((host) => `.${host}`.endsWith(`.${closed.replace(/^\./, '')}`));
  const closed = cloudServices
    .map((service) => ({ ...service, hosts: service.hosts.filter((host) => !isOpen(host)) }))
    .filter(({ hosts }) => hosts.length > 0);
  switch (format) {
    case 'hosts':
      return [{ name: 'ringfence.hosts', text: hostsFile(closed) }];
    case 'squid':
      return [{ name: 'ringfence-squid.conf', text: squidFile(closed) }];
    case 'nftables':
      return [
        { name: 'ringfence.nft', text: nftablesFile() },
        { name: 'ringfence-dnsmasq.conf', text: dnsmasqFile(closed) },
      ];
    case 'windows-firewall':
      return [{ name: 'ringfence-firewall.ps1', text: firewallScript(closed) }];
  }
}

function header(note: string): string {
  return [
    '# Written by Ringfence. Keeps programs on this machine or network from services that run models.',
    '# Such a list is never complete; services add hosts. Write it anew from time to time.',
    ...note.split('\n').map((line) => `# ${line}`),
    '',
  ].join('\n');
}

function listed(services: readonly CloudService[], line: (host: string) => readonly string[]): string {
  return services.map(({ name, hosts }) => [`# ${name}`, ...hosts.flatMap(line), ''].join('\n')).join('\n');
}

function hostsFile(services: readonly CloudService[]): string {
  const note =
    'Add these lines to /etc/hosts or C:\\Windows\\System32\\drivers\\etc\\hosts. A hosts file knows no\nwildcards: a comment with a dot in front stands for names below a domain, which it cannot hold.';
  const lines = (host: string): readonly string[] =>
    host.startsWith('.') ? [`# ${host}`] : [`0.0.0.0 ${host}`, `:: ${host}`];
  return header(note) + listed(services, lines);
}

function squidFile(services: readonly CloudService[]): string {
  const note = 'Include this file in squid.conf above the first http_access line that allows.';
  // Squid refuses a name beside a wildcard that already holds it.
  const hosts = services.flatMap((service) => service.hosts);
  const needed = hosts.filter(
    (host) =>
      !hosts.some((other) => other !== host && other.startsWith('.') && (host.endsWith(other) || `.${host}` === other)),
  );
  return [
    header(note),
    ...needed.map((host) => `acl ringfence_cloud dstdomain ${host}`),
    'http_access deny ringfence_cloud',
    '',
  ].join('\n');
}

function nftablesFile(): string {
  const note =
    'Load with: nft -f ringfence.nft\nThe sets are filled with addresses by dnsmasq 2.87 or later, see ringfence-dnsmasq.conf.';
  return `${header(note)}table inet ringfence
delete table inet ringfence
table inet ringfence {
  set cloud4 {
    type ipv4_addr
  }
  set cloud6 {
    type ipv6_addr
  }
  chain output {
    type filter hook output priority filter; policy accept;
    ip daddr @cloud4 counter reject with icmpx type admin-prohibited
    ip6 daddr @cloud6 counter reject with icmpx type admin-prohibited
  }
  chain forward {
    type filter hook forward priority filter; policy accept;
    ip daddr @cloud4 counter reject with icmpx type admin-prohibited
    ip6 daddr @cloud6 counter reject with icmpx type admin-prohibited
  }
}
`;
}

function dnsmasqFile(services: readonly CloudService[]): string {
  const note =
    'Put this file into /etc/dnsmasq.d and restart dnsmasq. It has to be the resolver that programs ask.\nA domain stands for all names below it.';
  const lines = (host: string): readonly string[] => [
    `nftset=/${host.replace(/^\./, '')}/4#inet#ringfence#cloud4,6#inet#ringfence#cloud6`,
  ];
  return header(note) + listed(services, lines);
}

function firewallScript(services: readonly CloudService[]): string {
  const note =
    'Run as administrator in Windows PowerShell on Windows 11 or Windows Server 2022 or later, with Microsoft Defender\nnetwork protection on: the firewall learns the addresses of names from it.';
  const lines = (host: string): readonly string[] => [`  '${host.startsWith('.') ? `*${host}` : host}'`];
  return `${header(note)}$hosts = @(
${listed(services, lines)})
Get-NetFirewallRule -Group 'Ringfence' -ErrorAction SilentlyContinue | Remove-NetFirewallRule
Get-NetFirewallDynamicKeywordAddress -AllAutoResolve | Where-Object { $hosts -contains $_.Keyword } | ForEach-Object { Remove-NetFirewallDynamicKeywordAddress -Id $_.Id }
foreach ($name in $hosts) {
  $id = '{' + (New-Guid).ToString() + '}'
  New-NetFirewallDynamicKeywordAddress -Id $id -Keyword $name -AutoResolve $true | Out-Null
  New-NetFirewallRule -DisplayName "Ringfence: $name" -Group 'Ringfence' -Direction Outbound -Action Block -RemoteDynamicKeywordAddresses $id | Out-Null
}
`;
}
