"""Checks report pages with Python's own parsers: every element that opens closes, every chart is
well-formed XML, headings go down one step at a time, ids are there for every link, and nothing is
asked of a network. Usage: check_pages.py PAGE..."""

import re
import sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "hr", "input"}
LOADS = {"src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.problems, self.open, self.headings, self.ids, self.links = [], [], [], set(), []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag in ("script", "iframe", "object", "embed", "img", "link"):
            self.problems.append(f"<{tag}> has no place here")
        for name, value in attributes:
            if name in LOADS or name.startswith("on"):
                self.problems.append(f"<{tag} {name}={value!r}> loads or runs something")
            if name == "href":
                self.links.append(value)
        if "id" in names:
            if names["id"] in self.ids:
                self.problems.append(f"id {names['id']} appears twice")
            self.ids.add(names["id"])
        if tag == "html" and not names.get("lang"):
            self.problems.append("<html> has no language")
        if tag == "th" and "scope" not in names:
            self.problems.append("a header cell has no scope")
        if tag == "svg" and names.get("aria-hidden") != "true":
            if names.get("role") != "img" or not names.get("aria-label"):
                self.problems.append("a chart says nothing to a screen reader")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes what is not open, at {self.getpos()}")


def problems_of(text):
    page = Page()
    page.feed(text)
    page.close()
    problems = page.problems + [f"<{tag}> never closes" for tag in page.open]
    if page.headings[:1] != [1] or page.headings.count(1) != 1:
        problems.append("the page needs one first heading")
    for above, below in zip(page.headings, page.headings[1:]):
        if below > above + 1:
            problems.append(f"a heading of level {below} follows one of level {above}")
    problems += [f"link to {link} leads nowhere" for link in page.links
                 if not link.startswith("#") or link[1:] not in page.ids]
    charts = re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL)
    if len(charts) < 10 or len(charts) != text.count("<svg"):
        problems.append(f"{len(charts)} whole charts, {text.count('<svg')} begun")
    for chart in charts:
        try:
            ElementTree.fromstring(chart)
        except ElementTree.ParseError as error:
            problems.append(f"a chart is not well-formed: {error}")
    return problems


def main(paths):
    failed = False
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for problem in problems_of(file.read()):
                print(f"{path}: {problem}")
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
