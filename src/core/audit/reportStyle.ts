/**
 * How a report looks, the same on paper and in the editor; the colours are custom properties that each of the two sets:
 * `--text`, `--muted`, `--line`, `--device`, `--perimeter`, `--cloud`, `--unsent`.
 */
export const reportStyle = `
h1{font-size:1.5em;font-weight:600;margin:0 0 .6em}
h2{font-size:1.1em;font-weight:600;margin:0;display:inline}
section,details{margin-top:1.8em}
section>h2{display:block;margin-bottom:.5em}
summary{cursor:pointer;margin-bottom:.5em}
.summary{font-size:1.1em;margin:.4em 0 1em}
.note{color:var(--muted);margin:.3em 0}
.tiles{display:flex;flex-wrap:wrap;gap:.8em;list-style:none;margin:0;padding:0}
.tiles li{flex:1 1 9em;border:1px solid var(--line);border-radius:6px;padding:.7em .9em;line-height:1.5}
.tiles b{font-size:1.7em;font-weight:600;display:block;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles small{display:block;color:var(--muted);font-size:.9em}
.swatch{float:right;width:.8em;height:.8em;border-radius:2px;margin-top:.5em;box-sizing:border-box}
.swatch.device{background:var(--device)}.swatch.perimeter{background:var(--perimeter)}
.swatch.cloud{background:var(--cloud)}.swatch.unsent{border:2px solid var(--unsent)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.35em .7em .35em 0;text-align:left;vertical-align:top;font-weight:normal;overflow-wrap:anywhere}
th[scope=row],td:not(.number){min-width:8em}
thead th{color:var(--muted);white-space:nowrap;overflow-wrap:normal}
td.number{white-space:nowrap}.number{text-align:right;padding-right:0;padding-left:.5em;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;min-width:34rem;max-width:60rem;height:auto}
rect.device{fill:var(--device)}rect.perimeter{fill:var(--perimeter)}rect.cloud{fill:var(--cloud)}
rect.unsent{fill:none;stroke:var(--unsent);stroke-width:1.5}
svg text{font-size:11px;fill:var(--muted)}
.scale{text-anchor:end}.label{text-anchor:middle}
.axis{stroke:var(--muted)}.grid{stroke:var(--line)}
`;
