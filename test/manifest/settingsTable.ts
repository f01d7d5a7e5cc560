/** What the manifest says of its settings, as far as the README's table needs it. */
type Manifest = {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<
          string,
          { readonly default: unknown; readonly description?: string; readonly markdownDescription?: string }
        >
      >;
    }[];
  };
};

/** The README's table of settings, made from the manifest so that the two never differ. */
export function settingsTable(manifest: Manifest): string {
  const rows = manifest.contributes.configuration
    .flatMap(({ properties }) => Object.entries(properties))
    .map(([key, setting]) => {
      // `#name#` is a link in the editor's settings.
      const said = (setting.markdownDescription ?? setting.description ?? '').replaceAll(/`#([\w.]+)#`/g, '`$1`');
      const text = said.replaceAll('|', '\\|');
      return `| \`${key}\` | ${key === 'ringfence.backends' ? 'Ollama on this machine' : `\`${JSON.stringify(setting.default)}\``} | ${text} |`;
    });
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}
