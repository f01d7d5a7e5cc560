/** How the page looks: the editor's own colours and fonts, readable in every theme and in a narrow column. */
export const whyStyle = `
:root{--text:var(--vscode-foreground);--muted:var(--vscode-descriptionForeground);--line:var(--vscode-contrastBorder,var(--vscode-widget-border,var(--vscode-editorWidget-border)));--device:var(--vscode-charts-green);--perimeter:var(--vscode-charts-blue);--cloud:var(--vscode-charts-yellow);--unsent:var(--vscode-descriptionForeground);--context:var(--vscode-charts-purple);--prefix:var(--vscode-charts-blue);--suffix:var(--vscode-charts-green);--wait:var(--vscode-descriptionForeground);--prove:var(--vscode-charts-yellow);--read:var(--vscode-charts-blue);--speak:var(--vscode-charts-green);--filter:var(--vscode-charts-purple)}
body{font-family:var(--vscode-font-family);font-size:var(--vscode-font-size);line-height:1.5;color:var(--text);max-width:64rem;margin:0 auto;padding:1.2em 1.6em 4em}
header{display:flex;flex-wrap:wrap;gap:.3em 1.5em;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:.7em}
h1{flex:1 1 100%;font-size:1.5em;font-weight:600;margin:0;overflow-wrap:anywhere}
h1 .note{font-size:.7em;font-weight:normal;margin-left:.4em}
h2{font-size:1.1em;font-weight:600;margin:0 0 .5em}
nav{display:flex;flex-wrap:wrap;gap:.2em 1.2em}
a{color:var(--vscode-textLink-foreground);text-decoration:none}
a:hover{color:var(--vscode-textLink-activeForeground);text-decoration:underline}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:1px solid var(--vscode-focusBorder);outline-offset:2px}
section{margin-top:1.8em}
section p{margin:.3em 0 .6em}
small{display:block;color:var(--muted);font-size:.92em}
.note{color:var(--muted)}
.action{font-weight:600}
.verdict{border:1px solid var(--line);border-left:4px solid var(--vscode-focusBorder,var(--text));border-radius:4px;padding:.8em 1em .5em}
.verdict h2{font-size:1.35em;margin-bottom:.2em}
.served{display:flex;flex-wrap:wrap;gap:.1em .7em;align-items:baseline;overflow-wrap:anywhere;position:relative;padding-left:1.5em}
.served small{display:inline}
.swatch{display:inline-block;flex:none;width:.8em;height:.8em;border-radius:2px;margin-right:.5em;box-sizing:border-box;vertical-align:-.05em}
.served .swatch{position:absolute;left:0;top:.35em;margin:0}
.swatch.device{background:var(--device)}.swatch.perimeter{background:var(--perimeter)}.swatch.cloud{background:var(--cloud)}.swatch.unsent{border:2px solid var(--unsent)}
.swatch.context{background:var(--context)}.swatch.prefix{background:var(--prefix)}.swatch.suffix{background:var(--suffix)}
.swatch.kept{border:1px solid var(--muted);background:repeating-linear-gradient(45deg,transparent 0 2px,var(--muted) 2px 3px)}
.swatch.wait{background:var(--wait)}.swatch.prove{background:var(--prove)}.swatch.read{background:var(--read)}.swatch.speak{background:var(--speak)}.swatch.filter{background:var(--filter)}
svg{display:block;width:100%;margin:.6em 0}
svg.prompt{height:60px}
svg.time{height:28px}
.part.context{fill:var(--context)}.part.prefix{fill:var(--prefix)}.part.suffix{fill:var(--suffix)}
.part.kept{fill-opacity:.28}
.hatched{fill:url(#kept);stroke:var(--muted);stroke-width:.5}
.hatch{stroke:var(--muted);stroke-width:1.6}
svg text{font-size:11px;fill:var(--text);text-anchor:middle}
text.number{fill:var(--muted)}
.phase.wait{fill:var(--wait)}.phase.prove{fill:var(--prove)}.phase.read{fill:var(--read)}.phase.speak{fill:var(--speak)}.phase.filter{fill:var(--filter)}
svg text.within{fill:var(--vscode-editor-background);font-weight:600}
.legend,.phases,.evidence{list-style:none;margin:.4em 0;padding:0}
.legend{display:flex;flex-wrap:wrap;gap:.2em 1.4em;color:var(--muted)}
.legend li{padding-left:1.3em;text-indent:-1.3em}
.phases li{display:grid;grid-template-columns:1.3em 7em 5em 1fr;align-items:baseline;padding:.15em 0}
.phases small{display:inline}
.figure,.number{text-align:right;font-variant-numeric:tabular-nums}
.phases .figure{padding-right:1em}
.evidence li{padding:.15em 0 .15em 1em;border-left:2px solid var(--line);margin-bottom:.2em;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.4em .8em .4em 0;text-align:left;vertical-align:top;font-weight:normal}
thead th{color:var(--muted);white-space:nowrap}
th.number,td.number{text-align:right;padding-left:.6em;padding-right:0;white-space:nowrap}
td.index{color:var(--muted);width:1.4em}
td small,th small{overflow-wrap:anywhere}
.path{font-family:var(--vscode-editor-font-family,monospace);font-size:.95em;overflow-wrap:anywhere}
tr.held .path{text-decoration:line-through}
.facts{margin:0}
.facts>div{display:grid;grid-template-columns:minmax(8em,15em) 1fr;gap:0 1em;padding:.15em 0}
.facts dt{color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
.facts b{font-weight:normal}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5em,1fr));gap:.7em;margin:0}
.tiles>div{border:1px solid var(--line);border-radius:6px;padding:.5em .8em .6em;overflow-wrap:anywhere}
.tiles+.note{margin-top:.7em}
.tiles dt{color:var(--muted)}
.tiles dd{margin:0}
.tiles b{font-size:1.25em;font-weight:600;font-variant-numeric:tabular-nums}
details{margin:.5em 0}
summary{cursor:pointer}
summary small{display:inline}
pre{font-family:var(--vscode-editor-font-family,monospace);font-size:var(--vscode-editor-font-size,.95em);background:var(--vscode-textCodeBlock-background);border:1px solid var(--line);border-radius:4px;padding:.7em .9em;margin:.4em 0;max-height:24em;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}
ins{text-decoration:underline dotted;text-underline-offset:3px}
@media (max-width:34rem){
body{padding:1em 1em 3em}
.phases li{grid-template-columns:1.3em 1fr auto}.phases small{grid-column:2/4}.phases .figure{padding-right:0}
text.within{display:none}
.tiles{grid-template-columns:repeat(auto-fill,minmax(7.5em,1fr))}
.facts>div{grid-template-columns:1fr}
table,tbody{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{display:flex;flex-wrap:wrap;gap:0 1em;position:relative;border-bottom:1px solid var(--line);padding:.5em 0 .5em 2em}
th,td{border:0;padding:0}
td.index{position:absolute;left:0}
tbody th,td.reach{flex:1 1 100%}
td.number{padding-left:0;color:var(--muted)}
td.number::before{content:attr(data-name) ' '}
}
`;
