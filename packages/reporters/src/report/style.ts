import { figureColors } from '../figures/figure-style.js';
import { armColor } from '../figures/palette.js';

/** The report's style sheet: light and dark, wide and narrow, screen and paper. */
export function style(arms: number): string {
  const indices = Array.from({ length: arms }, (_, i) => i);
  const colors = (page: 'light' | 'dark') =>
    indices.map((i) => `--arm-${i}: ${armColor(i)[page]};`).join(' ');
  return `
:root { color-scheme: light dark; --page: #fbfbfa; --card: #ffffff; --ink: #22272e; --soft: #5c6570; --line: #dfe3e8;
  --grid: #e6e8eb; --axis: #a6adb5; --good: #1a7f4b; --warn: #9a5b00; --bad: #b3261e; ${colors('light')} }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171b; --card: #1b1f24; --ink: #e3e7ec; --soft: #9aa4af; --line: #2f363e;
    --grid: #2a3037; --axis: #5b6570; --good: #58c98d; --warn: #e0a44a; --bad: #f2877f; ${colors('dark')} }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, 'Segoe UI', Roboto,
  'Helvetica Neue', 'DejaVu Sans', sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 72rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 3rem 0 .9rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0 0 .8rem; max-width: 46rem; overflow-wrap: anywhere; }
a { color: inherit; }
.lead { font-size: 1.08rem; }
.soft, figcaption, caption { color: var(--soft); font-size: .9rem; }
.notice { border-left: 3px solid var(--warn); padding: .2rem 0 .2rem .9rem; }
.answer { font-size: 1.08rem; border-left: 3px solid var(--good); padding: .1rem 0 .1rem .9rem; margin: 1.2rem 0; }
.answer p { margin: 0 0 .3rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .94rem; }
caption { text-align: left; caption-side: bottom; padding-top: .6rem; }
th, td { text-align: left; vertical-align: baseline; padding: .45rem .9rem .45rem 0; }
tr > :last-child { padding-right: 0; }
thead th { vertical-align: bottom; font-weight: 600; font-size: .84rem; color: var(--soft); line-height: 1.3; border-bottom: 1px solid var(--line); }
tbody { border-bottom: 1px solid var(--line); }
tbody th { font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; } th.number { white-space: nowrap; }
td.evidence { color: var(--soft); padding-top: 0; font-size: .9rem; max-width: 46rem; }
.has-evidence > * { padding-bottom: .15rem; }
.swatch { display: inline-block; width: .75em; height: .75em; border-radius: 50%; margin-right: .5em; }
${indices.map((i) => `.arm-${i} { background: var(--arm-${i}); accent-color: var(--arm-${i}); }`).join('\n')}
.verdict { white-space: nowrap; font-weight: 600; }
.verdict.good { color: var(--good); } .verdict.warn { color: var(--warn); } .verdict.bad { color: var(--bad); }
.verdict.none { color: var(--soft); }
.tag { display: block; color: var(--soft); font-weight: 400; font-size: .82rem; line-height: 1.35; margin-left: 1.5em; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; margin: 0 0 1rem; padding: 0; border: 0; font-size: .94rem; }
.legend legend { padding: 0; margin-bottom: .2rem; }
.legend label, .legend span { display: inline-flex; align-items: center; overflow-wrap: anywhere; }
.legend input { margin: 0 .5em 0 0; }
@supports not selector(:has(*)) { .legend input { display: none; } }
.line { display: inline-block; width: 2rem; border-top: 2px solid var(--soft); margin-right: .5em; }
.line.dashed { border-top-style: dashed; }
.curves { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.curves + p { margin-top: 1rem; }
.stack { display: grid; gap: 1.2rem; } .stack + p, .card + p, .stack + .scroll { margin-top: 1rem; }
.cards { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.card, .curves figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; }
.card header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
.card p { margin: .3rem 0 .6rem; }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; }
.figure text { font-family: inherit; }
.figure [fill="${figureColors.ink}"] { fill: var(--ink); }
.figure [stroke="${figureColors.ink}"] { stroke: var(--ink); }
.figure [stroke="${figureColors.grid}"] { stroke: var(--grid); }
.figure [stroke="${figureColors.axis}"] { stroke: var(--axis); }
${indices.map((i) => armRules(i)).join('\n')}
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem 1.4rem; margin: 0; font-size: .94rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code, pre, .digest { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .86em; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; overflow-x: auto; }
details { margin: 0 0 .8rem; } summary { cursor: pointer; }
footer { margin-top: 3rem; color: var(--soft); font-size: .88rem; }
@media (max-width: 40rem) { main { padding: 1.6rem 1rem 3rem; } h1 { font-size: 1.5rem; } h2 { margin-top: 2.2rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
@media print { body { background: none; } main { max-width: none; padding: 0; } .card, .curves figure { break-inside: avoid; } }
`;
}

/** Gives an arm's curves the page's colors, and hides them where its box in the legend is not ticked. */
function armRules(index: number): string {
  const { light } = armColor(index);
  const hidden = `main:has(#arm-${index}:not(:checked)) .curves`;
  return `.figure [stroke="${light}"] { stroke: var(--arm-${index}); } .figure [fill="${light}"] { fill: var(--arm-${index}); }
${hidden} [stroke="${light}"], ${hidden} [fill="${light}"] { display: none; }`;
}
