import { darkRules, properties } from '../colors.ts';

/** The style sheet of a page: light, dark on dark screens, light again on paper. It has no child combinators, so that the page is XML. */
export function style(): string {
  return `
:root { color-scheme: light dark; ${properties('light')} }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: anywhere;
}
header, main { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
main { padding-bottom: 48px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; }
h2 { font-size: 20px; margin: 40px 0 12px; padding-top: 16px; border-top: 1px solid var(--grid); }
h3 { font-size: 15px; margin: 20px 0 8px; }
p { margin: 8px 0; max-width: 75ch; }
a { color: var(--blue); }
.subtitle, .note, summary, figcaption { color: var(--muted); }
.note { font-size: 14px; }
.wrong { color: var(--orange); }
.right { color: var(--blue); }
.wrong, .right { font-weight: 600; }
.warnings { margin: 20px 0 0; padding: 12px 16px 12px 36px; background: var(--tile); border-left: 4px solid var(--orange); border-radius: 6px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 12px; margin: 24px 0 0; }
.tiles div { background: var(--tile); border-radius: 10px; padding: 10px 14px; }
.tiles dt { color: var(--muted); font-size: 13px; }
.tiles dd { margin: 0; font-size: 21px; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
.tiles .main { background: var(--paleBlue); }
.tiles .main dt { color: var(--ink); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 20px 0 0; font-size: 14px; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px 24px; }
.beside { display: flex; flex-wrap: wrap; gap: 0 48px; align-items: flex-start; }
.beside .scroll { max-width: 100%; }
svg { display: block; max-width: 100%; height: auto; }
.panels svg { width: 100%; max-width: 480px; }
figure { margin: 0; }
.scroll { overflow-x: auto; margin: 8px 0; }
.scroll svg { max-width: none; }
table { border-collapse: collapse; font-size: 14px; white-space: nowrap; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 8px 0 4px; }
.free td { white-space: normal; }
th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
th { font-weight: 600; }
thead th { color: var(--muted); font-weight: 500; }
.number { text-align: right; }
.best { background: var(--paleBlue); font-weight: 600; }
details { margin: 12px 0; }
summary { cursor: pointer; font-size: 14px; }
.shots { display: grid; grid-template-columns: repeat(auto-fill, minmax(146px, 1fr)); gap: 18px 16px; margin-top: 12px; }
.shots img { display: block; width: 100%; height: auto; border-radius: 6px; background: var(--tile); image-rendering: pixelated; }
.shots figcaption { font-size: 13px; line-height: 1.4; margin-top: 6px; }
.shots figcaption div { display: flex; justify-content: space-between; gap: 8px; }
.shots figcaption div span:first-child { flex: 1; min-width: 0; overflow-wrap: break-word; }
.shots figcaption div span:last-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
.drawing { display: block; max-width: 100%; background: #ffffff; border-radius: 8px; }
pre { white-space: pre-wrap; background: var(--tile); border-radius: 8px; padding: 12px 16px; margin: 8px 0; font-size: 13.5px; max-width: 90ch; }
@media (max-width: 560px) {
  header, main { padding-left: 16px; padding-right: 16px; }
}
@media screen and (prefers-color-scheme: dark) {
:root { ${properties('dark')} }
${darkRules()}
}
@media print {
  nav { display: none; }
  body { font-size: 11pt; }
  table { font-size: 9pt; white-space: normal; }
  figure, tr, .tiles div { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .scroll { overflow: visible; }
  .scroll svg { max-width: 100%; }
  * { print-color-adjust: exact; }
}
`;
}
