/**
 * Text that Markdown shows as it stands. Names of models and hosts come from servers: nothing in them may become markup, an
 * icon or a link, and addresses become links by themselves unless their colons, slashes and at-signs are escaped, too.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&:/@]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}
