/** The style of the page: light and dark, from a telephone's width to a wall's, and on paper. No font, no picture is loaded. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--text:#1c2126;--soft:#535c66;--line:#c9d0d7;--panel:#f3f5f7;--accent:#0a5a91;--bad:#a4210d;--good:#176338;
--row:#0072b2;--absent:#c3c9d0;--removed:#d55e00;--repeated:#e69f00;--other:#9b5f86}
@media (prefers-color-scheme:dark){:root{--page:#14181c;--text:#e7eaed;--soft:#aab3bd;--line:#3d4650;--panel:#1e242a;--accent:#86c5f2;--bad:#ff9b88;--good:#8ad6a5;
--row:#4aa6dd;--absent:#5a646f;--removed:#f0894a;--repeated:#e6b23c;--other:#cf94bb}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;padding:1rem clamp(1rem,3vw,2.5rem) 3rem;max-width:84rem;background:var(--page);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:break-word}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0 .25rem}
h2{font-size:1.35rem;margin:2.75rem 0 .75rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
h3{font-size:1.1rem;margin:1.5rem 0 .5rem}
h4{font-size:1rem;margin:1.25rem 0 .25rem}
p{max-width:48rem;margin:.5rem 0}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.folder{margin:0}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static;display:inline-block;padding:.5rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1rem 0 0;padding:.6rem 0;border:solid var(--line);border-width:1px 0}
nav a{display:inline-block;padding:.15rem 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.25rem 0 0}
.tiles div{background:var(--panel);border-radius:.4rem;padding:.7rem .9rem}
.tiles dt,.tiles span{color:var(--soft);font-size:.9rem}
.tiles dd{margin:0}
.tiles strong{display:block;font-size:1.5rem;line-height:1.3;font-variant-numeric:tabular-nums}
.tiles span{display:block}
figure{margin:1rem 0}
figcaption,.more{color:var(--soft);font-size:.9rem;margin-top:.4rem}
.chart{background:#fff;color:#000;border:1px solid var(--line);border-radius:.4rem;overflow-x:auto;padding:.25rem}
.chart svg{display:block;width:100%;min-width:44rem;max-width:100rem;height:auto;margin:0 auto}
.frame{position:relative;overflow-x:auto;margin:.75rem 0 0}
table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums;min-width:min(100%,40rem)}
caption{text-align:left;font-weight:600;padding:.25rem 0 .4rem}
caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 2.5rem)}
th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem .4rem;border-bottom:1px solid var(--line)}
thead th{vertical-align:bottom;color:var(--soft);font-weight:600;border-bottom-width:2px}
tbody th{font-weight:400}
tbody tr:hover{background:var(--panel)}
.n{text-align:right;white-space:nowrap}
thead th.n{white-space:normal}
tbody th{white-space:nowrap}
tbody th code{display:inline-block;max-width:24rem;white-space:normal;overflow-wrap:break-word}
td{max-width:34rem}
td code{overflow-wrap:break-word}
.whole,tbody th code.whole{white-space:nowrap}
.address{overflow-wrap:anywhere}
td .hash{display:inline-block;min-width:12rem;overflow-wrap:anywhere}
th button{all:unset;cursor:pointer;color:inherit;font-weight:inherit;display:inline-flex;gap:.3em;white-space:nowrap}
th button::after{content:"\\2195";opacity:.75}
th[aria-sort=ascending] button::after{content:"\\2191";opacity:1}
th[aria-sort=descending] button::after{content:"\\2193";opacity:1}
th button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.filter{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;margin:.75rem 0 0}
.filter input{font:inherit;padding:.25rem .5rem;border:1px solid var(--soft);border-radius:.25rem;background:var(--page);color:var(--text);max-width:100%}
details{margin:.5rem 0}
details>details{margin-left:1rem}
summary{cursor:pointer;padding:.35rem .25rem;border-radius:.25rem}
summary:hover{background:var(--panel)}
.terms dl,.glossary{margin:.25rem 0 0;display:grid;grid-template-columns:minmax(7rem,16rem) 1fr;gap:.2rem 1rem}
.terms dl{grid-template-columns:7rem 1fr}
dt{color:var(--soft)}
.terms dd,.glossary dd{margin:0;max-width:52rem;overflow-wrap:anywhere}
.bar{display:flex;width:7rem;height:.9rem;margin-top:.25rem;overflow:hidden;border-radius:.15rem}
.bar i{flex:0 0 2px;flex-basis:2px}
.legend{max-width:none}.legend span{display:inline-block;margin-right:1rem;color:var(--soft)}
.legend i{display:inline-block;width:.8rem;height:.8rem;margin-right:.35rem;border-radius:.15rem;vertical-align:-.05rem}
i.row{background:var(--row)}i.absent{background:var(--absent)}i.removed{background:var(--removed)}i.repeated{background:var(--repeated)}i.other{background:var(--other)}
.good{color:var(--good)}.bad{color:var(--bad)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media (max-width:60rem){tbody th code{max-width:16rem}}
@media (max-width:40rem){.terms dl,.glossary{grid-template-columns:1fr}dd{padding-left:0}.terms dd,.glossary dd{margin:0 0 .5rem}h1{font-size:1.5rem}.chart svg{min-width:38rem}tbody th code{max-width:12rem}}
@media print{
:root{color-scheme:light;--page:#fff;--text:#000;--soft:#333;--line:#999;--panel:#fff;--accent:#000;--bad:#000;--good:#000;--row:#0072b2;--absent:#c3c9d0;--removed:#d55e00;--repeated:#e69f00;--other:#9b5f86}
html{font-size:9.5pt}body{max-width:none;padding:0}
nav,.skip,.filter,th button::after{display:none}
.frame,.chart{overflow:visible;border:0}
.chart svg{min-width:0}
table{min-width:24rem;font-size:.85rem}th,td{padding:.15rem .4rem .15rem .1rem}.whole,tbody th code.whole{white-space:normal}td code{overflow-wrap:anywhere}tbody th code{max-width:14rem}
thead{display:table-header-group}
tr,figure,.tiles div{break-inside:avoid}
h2,h3,h4,caption{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto}
.bar i,.legend i{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
