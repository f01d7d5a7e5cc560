/**
 * A text for the user in which nothing is a link. Where the editor shows a plain text in a notification or among the status of
 * a language, it turns `[words](command:…)` into a link that runs the command, and names of files, models and servers and
 * what servers say are other people's words.
 */
export function unlinked(text: string): string {
  return text.replaceAll('](', '] (');
}
