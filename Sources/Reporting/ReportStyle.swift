/// How the page of a report looks: on screens light or dark, on paper always light.
enum ReportStyle {
  static let text = """
    :root { color-scheme: light dark; --page: #ffffff; --ink: #1b1f24; --muted: #59636e;
      --faint: #dde1e6; --accent: #005a8f; --caution: #8a5a00; --warning: #a33c00; }
    @media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e6e8eb;
      --muted: #a3abb5; --faint: #363d45; --accent: #7cc4f0; --caution: #f0b84a;
      --warning: #ff9a66; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--page);
      color: var(--ink); font: 1rem/1.5 "Source Sans 3", "Segoe UI", Helvetica, Arial, sans-serif;
      overflow-wrap: anywhere; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
    h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-top: 1rem;
      border-top: 2px solid var(--ink); }
    h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
    .muted { color: var(--muted); font-weight: normal; }
    a { color: var(--accent); }
    .primary { font-size: 1.15rem; border-left: 4px solid var(--accent); padding-left: .75rem; }
    .plan { border-left: 4px solid var(--caution); padding-left: .75rem; }
    figure { margin: 1.5rem 0; break-inside: avoid; }
    code { font: .85rem/1.4 "DejaVu Sans Mono", Consolas, monospace; }
    .picture { overflow-x: auto; }
    .picture svg { display: block; width: 100%; max-width: 800px; height: auto; }
    figcaption { color: var(--muted); font-size: .9rem; margin-top: .25rem; }
    pre { overflow-x: auto; font: .75rem/1.15 "DejaVu Sans Mono", monospace; margin: .5rem 0; }
    .scroll { overflow-x: auto; margin: 1.5rem 0; }
    table { border-collapse: collapse; font-size: .9rem; min-width: 50%;
      font-variant-numeric: tabular-nums; overflow-wrap: normal; }
    caption { text-align: left; font-weight: bold; padding-bottom: .4rem; }
    th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
      border-bottom: 1px solid var(--faint); }
    thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; }
    tbody th { font-weight: normal; }
    .number { text-align: right; white-space: nowrap; }
    .notes { padding-left: 1.1rem; }
    .notes li { margin: .3rem 0; }
    .caution strong { color: var(--caution); }
    .warning strong { color: var(--warning); }
    dl { margin: 0; }
    dl div { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0 1rem;
      padding: .2rem 0; border-bottom: 1px solid var(--faint); font-size: .9rem; }
    dt { color: var(--muted); }
    dd { margin: 0; }
    .provenance dd { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: .8rem; }
    @media screen and (max-width: 34rem) { dl div { grid-template-columns: 1fr; }
      .picture svg { min-width: 34rem; } }
    @page { size: A4; margin: 16mm 14mm; }
    @media print { :root { color-scheme: light; --page: #ffffff; --ink: #000000;
      --muted: #444444; --faint: #cccccc; --accent: #000000; --caution: #000000;
      --warning: #000000; }
      body { padding: 0; max-width: none; font-size: 10pt; }
      h2, h3, caption { break-after: avoid; }
      thead { display: table-header-group; } tr, dl div { break-inside: avoid; }
      article + article { break-before: page; }
      .scroll { overflow: visible; } table { font-size: 8pt; overflow-wrap: anywhere; }
      .number { white-space: normal; } nav { display: none; } }
    """
}
