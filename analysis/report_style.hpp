/// The style sheet of the report. Line colours are those of Okabe and Ito, told apart with any
/// colour vision; yellow is left out and the light ones are darkened to show on white.
#pragma once

#include <string_view>

namespace analysis {

inline constexpr std::string_view report_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2126; --soft: #56606a; --rule: #d5dade; --grid: #e8ebee;
  --tint: #f4f6f8; --good: #005a8c; --bad: #9a4300; --ghost: #8a939b;
  --c0: #1c2126; --c1: #0072b2; --c2: #d55e00; --c3: #00805c; --c4: #b0528b; --c5: #2f8fc4;
  --c6: #b87900; --c7: #6b5b95;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181b; --ink: #e6e9eb; --soft: #a4aeb6; --rule: #3a434a; --grid: #262d32;
    --tint: #1c2226; --good: #7cc4ee; --bad: #f0a35e; --ghost: #78838b;
    --c0: #e6e9eb; --c1: #56b4e9; --c2: #f0803c; --c3: #35b58c; --c4: #e29bc4; --c5: #8fd0f5;
    --c6: #e6a52b; --c7: #b3a5dc;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 3rem 1.5rem 5rem; max-width: 66rem; background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif;
  font-variant-numeric: lining-nums;
}
h1, h2, h3 { line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { font-size: 2.1rem; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; margin: 3.5rem 0 1rem; padding-top: 1rem;
  border-top: 2px solid var(--ink); }
h3 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p, ul, dl { max-width: 46rem; margin: .6rem 0; }
.kicker, .unit-line, figcaption, table, summary, dl, .pill, .panel-title, .toc, svg text, pre {
  font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial,
    sans-serif;
}
.kicker { color: var(--soft); font-size: .8125rem; letter-spacing: .06em;
  text-transform: uppercase; margin: 0 0 .5rem; }
.lead { font-size: 1.15rem; }
a { color: var(--good); }
.toc { font-size: .875rem; max-width: none; }
.toc ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem;
  max-width: none; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem;
  font-size: .9375rem; max-width: none; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.card { border: 1px solid var(--rule); border-radius: .375rem;
  padding: .25rem 1.25rem 1rem; margin: 1rem 0; }
.card h3 { margin-top: 1rem; }
.card ul { list-style: none; padding: 0; max-width: none; margin: .5rem 0 0; }
.card li { break-inside: avoid; display: grid; grid-template-columns: 13.5rem 1fr; gap: .25rem 1rem; padding: .5rem 0;
  border-top: 1px solid var(--grid); }
.card li strong { font-weight: 600; }
.card li > div { overflow-wrap: anywhere; font-size: .9375rem; line-height: 1.45; }
.pill { white-space: nowrap; align-self: start; justify-self: start; font-size: .75rem; line-height: 1.3;
  padding: .2rem .55rem; border-radius: 1rem; border: 1px solid var(--rule); color: var(--soft); }
.pill.good { border-color: var(--good); color: var(--good); font-weight: 600; }
.pill.bad { border-color: var(--bad); color: var(--bad); font-weight: 600; }
.note { border-left: 3px solid var(--rule); padding: .1rem 0 .1rem 1rem; color: var(--soft); }
.scroll, .chart { overflow-x: auto; }
table { border-collapse: collapse; font-size: .8125rem; line-height: 1.4; width: 100%;
  font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; color: var(--soft); padding: 0 0 .5rem; }
th, td { padding: .3rem .45rem; text-align: right; vertical-align: baseline;
  border-bottom: 1px solid var(--grid); }
td { white-space: nowrap; }
thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; font-weight: 600; }
th[scope=row], th:first-child, td.text { text-align: left; font-weight: 400; white-space: normal; }
td.text { min-width: 8rem; }
.measure th[scope=row] { min-width: 11rem; }
th[scope=rowgroup] { text-align: left; font-weight: 600; padding-top: 1rem;
  border-bottom: 1px solid var(--rule); }
thead th:first-child { font-weight: 600; }
tr.total th, tr.total td { border-top: 1px solid var(--ink); font-weight: 600; }
table.glance td, table.glance th { vertical-align: top; }
table.glance strong { font-weight: 600; font-size: .9375rem; }
table.glance small, thead small { display: block; color: var(--soft); font-weight: 400;
  font-size: .75rem; line-height: 1.35; }
table.glance { margin: 1rem 0 1.5rem; }
table.glance th[scope=row] { width: 32%; }
h4 { font-size: .9375rem; margin: 1.25rem 0 .25rem; }
td.good { color: var(--good); } td.bad { color: var(--bad); }
details { margin: .75rem 0; }
summary { cursor: pointer; font-size: .875rem; color: var(--good); }
pre { font: .75rem/1.45 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace;
  background: var(--tint); padding: 1rem; overflow-x: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; }
figure { margin: 0; }
figcaption { color: var(--soft); font-size: .8125rem; line-height: 1.45; margin-top: .5rem;
  max-width: 46rem; }
.figure { margin: 2.5rem 0; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
  gap: 1.25rem 1.5rem; margin-top: 1rem; }
.panels.two { grid-template-columns: repeat(auto-fill, minmax(24rem, 1fr)); }
.panel { break-inside: avoid; display: flex; flex-direction: column;
  justify-content: flex-end; }
.panel-title { font-size: .8125rem; font-weight: 600; margin: 0 0 .25rem; line-height: 1.3; }
svg { display: block; width: 100%; height: auto; }
.chart svg { min-width: 34rem; }
svg.sample { display: inline-block; width: 30px; margin-right: .4rem; vertical-align: middle; }
svg text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums lining-nums; }
svg text.name { fill: var(--ink); }
svg text.unit { font-style: italic; }
svg line { stroke-width: 1; }
svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--soft); }
svg .leader { stroke: var(--ghost); stroke-width: .75; }
svg .whisker { stroke: var(--ink); stroke-width: 1.25; }
svg .line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
svg .band { fill: var(--c); fill-opacity: .17; stroke: var(--c); stroke-opacity: .35;
  stroke-width: .5; }
svg .ghost { stroke: var(--ghost); stroke-width: 1.25; }
.s0 { --c: var(--c0); } .s1 { --c: var(--c1); } .s2 { --c: var(--c2); } .s3 { --c: var(--c3); }
.s4 { --c: var(--c4); } .s5 { --c: var(--c5); } .s6 { --c: var(--c6); } .s7 { --c: var(--c7); }
svg .bar.b0 { fill: var(--c1); }
svg .bar.b1, svg .bar.b2, svg .bar.b3 { fill: var(--ghost); fill-opacity: .55; }
@media (max-width: 36rem) {
  .panels, .panels.two { grid-template-columns: 1fr; }
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  .card li { grid-template-columns: 1fr; } caption { max-width: calc(100vw - 2rem); }
  dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: .5rem; }
}
@media print {
  @page { size: A4; margin: 16mm 15mm 18mm; }
  :root { color-scheme: light;
    --paper: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb; --grid: #e2e2e2;
    --tint: #f6f6f6; --good: #005a8c; --bad: #8a3b00; --ghost: #8a8a8a;
    --c0: #000000; --c1: #0072b2; --c2: #d55e00; --c3: #00805c; --c4: #b0528b; --c5: #2f8fc4;
    --c6: #b87900; --c7: #6b5b95; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
  h1 { font-size: 20pt; } h2 { font-size: 14pt; margin-top: 1.6rem; } h3 { font-size: 11pt; }
  h2, h3, .panel-title, caption { break-after: avoid; }
  .card h3, .card > p { break-after: avoid; } .card li > div { font-size: 8.5pt; }
  .card li { grid-template-columns: 11rem 1fr; }
  .figure { margin: 1rem 0; } .figure > figure, .chart, tr { break-inside: avoid; }
  .chart svg { max-width: 68%; } .panel svg { max-width: none; }
  .panel-title { font-size: 8pt; } figcaption { font-size: 7.5pt; }
  tbody.measure { break-inside: avoid; }
  table.glance tbody { break-inside: auto; } table.glance tr { break-inside: avoid; }
  th[scope=rowgroup] { break-after: avoid; }
  table.glance strong { font-size: 8.5pt; } table.glance small, thead small { font-size: 6.5pt; }
  table { font-size: 7.5pt; } th, td { padding: .15rem .35rem; }
  thead { display: table-header-group; }
  .scroll, .chart { overflow: visible; } .chart svg { min-width: 0; }
  .panels { grid-template-columns: repeat(3, 1fr); gap: .75rem; }
  .panels.two { grid-template-columns: repeat(2, 1fr); }
  .measure th[scope=row] { min-width: 0; }
  .toc, details:not([open]) { display: none; }
  p { orphans: 3; widows: 3; }
}
)css";

}  // namespace analysis
