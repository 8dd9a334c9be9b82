"""response-and-median: two analyses of other plugins, one in Swift and one in R, in one table.

What it shows is in README.md. It computes nothing itself: the host runs both analyses on the data
set of this run, and names them in the method card of the result.
"""
import doublet_plugin as doublet

plugin = doublet.Plugin()


@plugin.analysis("response-and-median")
def response_and_median(run):
    by = run.choice("by")
    grouped = {} if by == "none" else {"by": by}
    response = run.run("response-rate", {"interval": "clopper-pearson", **grouped})
    run.progress(0.5, "response")
    median = run.run("weibull-median", {"endpoint": run.text("endpoint"), **grouped})
    rates = by_group(response, "objective-response-rate", by)
    medians = by_group(median, "median", by)
    result = run.result("Response and time to an event")
    for group in sorted(rates.keys() | medians.keys()):
        for estimate in (rates.get(group), medians.get(group)):
            if estimate is not None:
                result.estimate(**copied(estimate, group))
    for source in (response, median):
        for note in source["notes"]:
            if note["severity"] != "info":
                result.note(note["severity"], note["code"], f"{source['analysis']}: {note['text']}")
        for citation in source["citations"]:
            result.cite(citation)
    return result


def by_group(document, name, by):
    """The estimates of a name, by group; the whole trial is `all`."""
    found = [one for one in document["estimates"] if one["name"] == name]
    if by == "none":
        return {"all": found[0]} if found else {}
    return {one["group"]: one for one in found if one.get("group")}


def copied(estimate, group):
    """The arguments of `Result.estimate` that make the same estimate."""
    count = estimate.get("count")
    return {"name": estimate["name"], "label": estimate["label"], "value": estimate.get("value"),
            "unit": estimate.get("unit"), "interval": estimate.get("interval"),
            "count": count and (count["events"], count["total"]),
            "status": estimate.get("status"), "group": group}


if __name__ == "__main__":
    plugin.main()
