/// The page of a report.
///
/// Two braces escape; the one place with three is the picture, which is made of escaped texts.
enum ReportTemplate {
  static let contentType = "SCALAR-HTML"

  static let text = """
    {{% CONTENT_TYPE: \(contentType)}}<!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>{{page}}</title>
    <style>
    \(ReportStyle.text)
    </style>
    </head>
    <body>
    <header>
    <h1>{{page}}</h1>
    <p class="muted">Written {{created}} by doublet {{doublet}}.</p>
    {{#contents}}
    <nav aria-label="Runs"><ol>
    {{#entries}}
    <li><a href="#{{anchor}}">{{heading}}</a> <span class="muted">run {{run}}, {{command}}</span></li>
    {{/entries}}
    </ol></nav>
    {{/contents}}
    </header>
    <main>
    {{#runs}}
    <article id="{{anchor}}" aria-labelledby="{{anchor}}-heading">
    <h2 id="{{anchor}}-heading">{{heading}} <span class="muted">run {{run}}</span></h2>
    <p class="muted"><code>{{command}}</code></p>
    {{#plan}}
    <p class="plan">{{text}}</p>
    {{/plan}}
    {{#primary}}
    <p class="primary">{{text}}</p>
    {{/primary}}
    {{#figures}}
    <figure id="{{figure}}">
    {{#picture}}
    <div class="picture" role="region" tabindex="0" aria-label="{{title}}">{{{svg}}}</div>
    {{/picture}}
    {{#drawing}}
    <p class="muted">{{reason}}.</p>
    <pre role="img" aria-label="{{title}}">{{lines}}</pre>
    {{/drawing}}
    {{#description}}
    <figcaption>{{text}}</figcaption>
    {{/description}}
    </figure>
    {{/figures}}
    {{#notes}}
    <section aria-labelledby="{{anchor}}-notes">
    <h3 id="{{anchor}}-notes">Notes</h3>
    <ul class="notes">
    {{#items}}
    <li class="{{severity}}">{{#isLabeled}}<strong>{{label}}.</strong> {{/isLabeled}}{{note}}</li>
    {{/items}}
    </ul>
    </section>
    {{/notes}}
    {{#tables}}
    <div class="scroll" role="region" tabindex="0" aria-labelledby="{{table}}">
    <table>
    <caption id="{{table}}">{{caption}}</caption>
    <thead><tr>{{#columns}}<th scope="col"{{#isNumber}} class="number"{{/isNumber}}>{{label}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr>{{#cells}}{{#isHead}}<th scope="row">{{cell}}</th>{{/isHead}}{{^isHead}}<td{{#isNumber}} class="number"{{/isNumber}}>{{cell}}</td>{{/isHead}}{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{/tables}}
    {{#methods}}
    <section aria-labelledby="{{anchor}}-methods">
    <h3 id="{{anchor}}-methods">Method card</h3>
    <dl>
    {{#items}}
    <div><dt>{{topic}}</dt><dd>{{choice}}{{#source}} <span class="muted">({{text}})</span>{{/source}}</dd></div>
    {{/items}}
    </dl>
    </section>
    {{/methods}}
    {{#citations}}
    <section aria-labelledby="{{anchor}}-references">
    <h3 id="{{anchor}}-references">References</h3>
    <ul>
    {{#items}}
    <li>{{citation}}</li>
    {{/items}}
    </ul>
    </section>
    {{/citations}}
    <section aria-labelledby="{{anchor}}-provenance">
    <h3 id="{{anchor}}-provenance">Provenance</h3>
    <dl class="provenance">
    {{#facts}}
    <div><dt>{{fact}}</dt><dd>{{value}}</dd></div>
    {{/facts}}
    </dl>
    </section>
    </article>
    {{/runs}}
    </main>
    </body>
    </html>

    """
}
