"""The style of index.html, from the tokens of the program, with a printed form."""

_LIGHT = {
    "background": "#F5F6F8",
    "surface": "#FFFFFF",
    "line": "#E3E6EB",
    "text": "#1C2430",
    "muted": "#697386",
    "primary": "#1F5FAD",
    "primary-soft": "#E8F0FA",
    "danger": "#B42318",
    "danger-soft": "#FDECEA",
    "good": "#1E7B4B",
    "good-soft": "#E6F5EC",
    "mark": "#FFF4E0",
}
_DARK = {
    "background": "#16191E",
    "surface": "#1E2228",
    "line": "#2E343D",
    "text": "#E7EAEE",
    "muted": "#98A2B3",
    "primary": "#7FB2F0",
    "primary-soft": "#22344C",
    "danger": "#FF9A91",
    "danger-soft": "#43221F",
    "good": "#7FD6A4",
    "good-soft": "#1C3A2A",
    "mark": "#40311A",
}


def _tokens(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())


_RULES = """
*{box-sizing:border-box}
[hidden]{display:none!important}
html{font-size:16px}
body{margin:0;background:#F5F6F8;color:#1C2430;background:var(--background);color:var(--text);
font:14px/1.6 'Microsoft YaHei UI','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC','PingFang SC',sans-serif}
header,.controls,main,footer{max-width:1440px;margin:0 auto;padding:0 32px}
header{padding-top:32px}
.unit{margin:0;color:var(--muted)}
.month{margin-left:12px;padding:1px 10px;border-radius:10px;background:var(--primary-soft);color:var(--primary);
font-size:12px;display:inline-block}
h1{margin:4px 0 20px;font-size:26px;line-height:1.35;font-weight:600;letter-spacing:.01em;word-wrap:break-word}
dl{display:flex;flex-wrap:wrap;margin:0 0 24px;padding:0;background:var(--surface);border:1px solid var(--line);
border-radius:8px;overflow:hidden}
dl div{flex:1 1 160px;min-width:0;padding:12px 20px;box-shadow:1px 0 0 var(--line),0 1px 0 var(--line)}
dt{color:var(--muted);font-size:12px}
dd{margin:0;word-wrap:break-word;overflow-wrap:anywhere}
.controls{display:flex;flex-wrap:wrap;align-items:center;gap:8px;position:sticky;top:0;z-index:2;padding-top:12px;
padding-bottom:12px;background:var(--background)}
.controls input{width:300px;max-width:100%;height:36px;padding:0 12px;border:1px solid var(--line);border-radius:8px;
background:var(--surface);color:var(--text);font:inherit}
.controls input::placeholder{color:var(--muted)}
.chips{display:flex;flex-wrap:wrap;gap:8px;margin-left:8px}
button{font:inherit;cursor:pointer}
.chip{height:30px;padding:0 12px;border:1px solid var(--line);border-radius:15px;background:var(--surface);
color:var(--text);font-size:13px}
.chip b{margin-left:2px;font-weight:400;color:var(--muted)}
.chip[aria-pressed=true]{background:var(--primary-soft);border-color:var(--primary);color:var(--primary)}
.chip[aria-pressed=true] b{color:var(--primary)}
.grow{flex:1}
output{color:var(--muted);white-space:nowrap}
.print{height:36px;padding:0 20px;border:1px solid var(--line);border-radius:8px;background:var(--surface);
color:var(--primary)}
:focus-visible{outline:2px solid var(--primary);outline-offset:1px}
table{width:100%;table-layout:fixed;border-collapse:separate;border-spacing:0;background:var(--surface);
border:1px solid var(--line);border-radius:8px}
td,th{padding:10px 12px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);
word-wrap:break-word;overflow-wrap:anywhere}
thead th{font-size:12px;font-weight:400;color:var(--muted);white-space:nowrap}
th.number{width:14%}th.day{width:10.5%}th.account{width:13%}th.state{width:9%}th.files{width:17.5%}th.note{width:12%}
th button{padding:0;border:0;background:none;color:inherit;font:inherit}
th button:hover{color:var(--primary)}
th[aria-sort] button{color:var(--primary)}
th[aria-sort=ascending] button:after{content:" \\2191"}
th[aria-sort=descending] button:after{content:" \\2193"}
.section th{padding:18px 12px 8px;font-size:15px;font-weight:600}
.section .n{margin-left:10px;font-size:12px;font-weight:400;color:var(--muted)}
.none td{color:var(--muted)}
tbody tr:last-child td{border-bottom-color:transparent}
tbody+tbody .section th{border-top:1px solid var(--line)}
td.number,td.day,td.account,td.note{color:var(--muted)}
td.day span{display:inline-block;white-space:nowrap}
td.title{font-size:15px}
td.state span{display:inline-block;padding:1px 10px;border-radius:10px;font-size:12px;background:var(--good-soft);
color:var(--good)}
td.state span.warn{background:var(--danger-soft);color:var(--danger)}
a{color:#1F5FAD;color:var(--primary);text-decoration:none}
a:hover{text-decoration:underline}
td.files a{display:inline-block;margin:0 12px 2px 0}
.link{display:block;font-size:12px;color:var(--muted)}
tbody tr:not(.section):not(.none):hover td{background:var(--primary-soft)}
#nothing{padding:48px;text-align:center;color:var(--muted)}
footer{padding-top:20px;padding-bottom:40px;color:var(--muted);font-size:12px}
.print-only{display:none}
@media screen and (max-width:760px){header,.controls,main,footer{padding-left:12px;padding-right:12px}
.chips{margin-left:0}.controls{position:static}.controls input{width:100%}
table,tbody,tr,td,.section th{display:block;width:auto}thead{display:none}
td{padding:0 12px 4px;border:0}td:empty{display:none}td.number{padding-top:10px}td.note{padding-bottom:10px}
tbody tr{border-bottom:1px solid var(--line);padding-bottom:8px}td.day span{display:inline}}
@media print{@page{size:A4 landscape;margin:14mm 12mm}
body{background:#fff;color:#000;font-size:9.5pt}header,main,footer{max-width:none;padding:0}
.controls{display:none}h1{font-size:17pt;margin-bottom:10px}dl,table{border-radius:0;border-color:#999}
dl div{padding:6px 12px;box-shadow:none}
thead{display:table-header-group}tr{page-break-inside:avoid}.section{page-break-after:avoid}
td,th{padding:4px 6px;border-color:#bbb;color:#000!important;background:none!important}
td.title{font-size:10pt}td.state span{padding:0;background:none!important;color:#000!important}
td.state span.warn{font-weight:700}a{color:#000}.link,.unit,dt,footer,.section .n{color:#333}
.month{background:none;color:#000}.print-only{display:block}}
"""

STYLE = (
    f":root{{{_tokens(_LIGHT)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{_tokens(_DARK)}}}}}" + _RULES
)
"""Custom properties stand behind plain colours, so that a browser without them shows black on white."""
